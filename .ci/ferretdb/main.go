// Command ferretdb runs one FerretDB server for the tests: it speaks MongoDB's protocol and keeps its data in SQLite files.
//
// FerretDB v1 is meant to be embedded in a main module of one's own; its own command does not start when installed by version,
// because it then looks for files that only its release build makes.
//
//	ferretdb -folder FOLDER [-port PORT]
//
// It listens on the loopback address alone (behind a gate, see gate.go), prints its address as one line once it listens, and ends on
// SIGTERM or SIGINT.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "ferretdb:", err)
		os.Exit(1)
	}
}

func run() error {
	folder := flag.String("folder", "", "folder for the data, made when it is missing")
	port := flag.Int("port", 0, "port on the loopback address; 0 picks a free one")
	flag.Parse()
	if *folder == "" {
		return fmt.Errorf("-folder is needed")
	}
	absolute, err := filepath.Abs(*folder)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(absolute, 0o700); err != nil {
		return err
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	server, err := ferretdb.New(&ferretdb.Config{
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Handler:   "sqlite",
		SQLiteURL: "file:" + absolute + "/",
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
	})
	if err != nil {
		return err
	}

	done := make(chan error, 2)
	go func() { done <- server.Run(ctx) }()
	backend, err := url.Parse(server.MongoDBURI())
	if err != nil {
		return err
	}

	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(*port)))
	if err != nil {
		return err
	}
	defer listener.Close()
	front := &gate{backend: backend.Host}
	go func() { done <- front.serve(listener) }()
	fmt.Printf("mongodb://%s/\n", listener.Addr())

	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	// Clients may hold connections open for ever; the data is already in SQLite when a write was answered.
	select {
	case err := <-done:
		return err
	case <-time.After(3 * time.Second):
		return nil
	}
}
