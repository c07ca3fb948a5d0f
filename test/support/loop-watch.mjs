/**
 * Loaded into a server process with `--import`: how long its event loop was held, told on standard error as `loop-watch {…}` at each SIGUSR2,
 * which also begins anew. `wallMs` is the longest time between two looks; `cpuMs` the most processor time that this process itself used in one
 * such time, which a busy machine does not lengthen.
 */
let last = performance.now()
let lastCpu = process.cpuUsage()
let wallMs = 0
let cpuMs = 0

setInterval(() => {
  const now = performance.now()
  const cpu = process.cpuUsage()
  const wall = now - last
  const used = (cpu.user + cpu.system - lastCpu.user - lastCpu.system) / 1000
  wallMs = Math.max(wallMs, wall)
  // Threads beside the loop (garbage, disk) use time as well; the loop itself was held no longer than either figure.
  cpuMs = Math.max(cpuMs, Math.min(wall, used))
  last = now
  lastCpu = cpu
}, 2).unref()

process.on('SIGUSR2', () => {
  process.stderr.write(`loop-watch ${JSON.stringify({ wallMs: Math.round(wallMs), cpuMs: Math.round(cpuMs) })}\n`)
  wallMs = 0
  cpuMs = 0
})
