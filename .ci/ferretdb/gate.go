package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

// FerretDB v1 changes a document in separate steps: it reads, computes and writes, with nothing to keep a second command out. Of a hundred
// concurrent $inc three arrived when this was written. MongoDB promises that a single-document update is one step, and Dure stands on that
// promise; so the tests talk to FerretDB through this gate, which lets one command through at a time, whatever connection it came on.

const (
	headerBytes        = 16
	maxMessageBytes    = 48_000_000
	opMsg              = 2013
	flagMoreToCome     = 1 << 1 // the sender expects no reply
	opMsgFlagsPosition = headerBytes
)

type gate struct {
	backend string
	turn    sync.Mutex
}

// serve accepts connections until the listener is closed.
func (g *gate) serve(listener net.Listener) error {
	for {
		client, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		go g.relay(client)
	}
}

// relay passes one client's commands on, each with its reply, until either side ends.
func (g *gate) relay(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", g.backend)
	if err != nil {
		return
	}
	defer server.Close()
	for {
		request, err := readMessage(client)
		if err != nil {
			return
		}
		reply, err := g.exchange(server, request)
		if err != nil {
			return
		}
		if expectsNoReply(request) {
			continue
		}
		if _, err := client.Write(reply); err != nil {
			return
		}
	}
}

// exchange is one command at the server, from its arrival to its reply, alone. FerretDB replies even where no reply is expected.
func (g *gate) exchange(server net.Conn, request []byte) ([]byte, error) {
	g.turn.Lock()
	defer g.turn.Unlock()
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	return readMessage(server)
}

func readMessage(from io.Reader) ([]byte, error) {
	header := make([]byte, headerBytes)
	if _, err := io.ReadFull(from, header); err != nil {
		return nil, err
	}
	length := int(int32(binary.LittleEndian.Uint32(header)))
	if length < headerBytes || length > maxMessageBytes {
		return nil, fmt.Errorf("a message of %d bytes", length)
	}
	message := make([]byte, length)
	copy(message, header)
	_, err := io.ReadFull(from, message[headerBytes:])
	return message, err
}

func expectsNoReply(message []byte) bool {
	if len(message) < opMsgFlagsPosition+4 || binary.LittleEndian.Uint32(message[12:]) != opMsg {
		return false
	}
	return binary.LittleEndian.Uint32(message[opMsgFlagsPosition:])&flagMoreToCome != 0
}
