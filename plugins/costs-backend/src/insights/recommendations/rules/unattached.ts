import {
  costOf,
  grouped,
  isStored,
  isTimed,
  isWhole,
  nameOf,
  type Line,
} from '../Line';
import type { Found, Rule } from '../Rule';

/** Meters by which providers charge for addresses that nothing uses. */
const idleAddress =
  /IdleAddress|Static Ip Charge|Idle public IP|IP Addresses? \(unattached\)/i;

/** Disks of virtual machines. */
const disk =
  /EBS:VolumeUsage|AWS::EC2::Volume|Managed Disks?|\bPD Capacity\b|Persistent Disk|compute\/disks?$/i;

const saysOf = ({ sku, meter, description, resourceType }: Line) =>
  [sku, meter, description, resourceType].join(' ');

const isMachine = (line: Line) =>
  isTimed(line) && /^compute$/i.test(line.category ?? '');

function address(line: Line): Found {
  return {
    lines: [line],
    title: `Release the address ${nameOf(line)}`,
    why: 'Its provider charges it as an address that nothing uses.',
    low: costOf([line]),
    high: costOf([line]),
    about: 'line',
  };
}

function lonelyDisk(line: Line): Found {
  return {
    lines: [line],
    title: `Delete the disk ${nameOf(line)}, or keep a snapshot of it`,
    why: 'Whoever owns it was charged for no virtual machine in the same account in the last 30 days that it could be a disk of. A snapshot is mostly half the price.',
    low: costOf([line]) / 2,
    high: costOf([line]),
    about: 'line',
  };
}

/** What nothing is attached to: addresses that are charged as such, and disks of those who have no machine any more. */
export const unattached: Rule = {
  id: 'unattached',
  kind: 'unattached',
  effort: 'low',
  find: ({ lines, least }) => {
    const dear = (line: Line) =>
      line.isShown && isWhole(line.days[0]) && costOf([line]) >= least;
    const owners = grouped(
      lines,
      ({ source, account, entityRef }) =>
        entityRef && `${source} ${account} ${entityRef}`,
    );
    return [
      ...lines
        .filter(line => dear(line) && idleAddress.test(saysOf(line)))
        .map(address),
      ...[...owners.values()]
        .filter(own => !own.some(isMachine))
        .flatMap(own =>
          own.filter(
            line => dear(line) && isStored(line) && disk.test(saysOf(line)),
          ),
        )
        .map(lonelyDisk),
    ];
  },
};
