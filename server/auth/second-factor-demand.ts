/**
 * Where a second factor is demanded of everybody (안전성 확보조치 기준 제6조②: access from outside needs a safe means of authentication). Who has set
 * one up is asked for it everywhere, whatever this says.
 */
import { type BlockList, isIP } from 'node:net'
import type { Config } from '../config.ts'
import { blockListOf } from '../lib/host-names.ts'

/** Whether somebody at this address must have a second factor. */
export type SecondFactorDemand = (address: string) => boolean

export type DemandConfig = Pick<Config, 'demo' | 'secondFactor' | 'insideNetworks' | 'publicUrl' | 'trustedProxies'>

export function createSecondFactorDemand(config: DemandConfig): SecondFactorDemand {
  const { demo, secondFactor, insideNetworks, publicUrl, trustedProxies } = config
  // The demo's accounts are public: there is nothing to protect, and everybody shares them.
  if (demo || secondFactor === 'off') return () => false
  // We speak no TLS ourselves: with https somebody stands before us, and a proxy that is not named makes everybody look like a neighbour.
  const canTellWhere = publicUrl?.protocol !== 'https:' || trustedProxies.length > 0
  if (secondFactor === 'always' || !canTellWhere) return () => true
  const inside = blockListOf(insideNetworks)
  return address => !isIn(inside, address)
}

function isIn(networks: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && networks.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
