/** `npm run build`: the production build of client and server into `dist/`. */
import { ensureBuilt, ensureInstalled, ensureNode } from './ensure.mjs'

ensureNode()
ensureInstalled()
ensureBuilt()
