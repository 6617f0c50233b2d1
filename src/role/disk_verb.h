/* Is the disk honest? A message is acknowledged once the disk says it is written; a disk, or a layer above it, that
 * says so too early loses it in a power cut. Time tells some of them; only a cut proves.
 *
 * `disk-test` measures. `disk-test write`, run from another machine (ssh), prints a number after each was synced,
 * until the power is cut; `disk-test check --last N` then proves whether every number that was seen is on disk. The
 * numbers lie in DIR/disk-test, each in a block of its own with a checksum. */
#ifndef ROLE_DISK_VERB_H
#define ROLE_DISK_VERB_H

#include "core/verb.h"

verb_run disk_verb_measure, disk_verb_write, disk_verb_check;

#endif
