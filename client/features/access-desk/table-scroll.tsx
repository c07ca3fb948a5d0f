export { ScrollRegion as TableScroll } from '../../ui/scroll-region.tsx'
