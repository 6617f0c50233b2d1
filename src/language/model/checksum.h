/* A checksum tells whether bytes are those that were written: against damage, not against malice.
 *
 * FNV-1a of 64 bits over words of 8 bytes, little end first, the last filled with zeros, then the length. */
#ifndef LANGUAGE_MODEL_CHECKSUM_H
#define LANGUAGE_MODEL_CHECKSUM_H

#include "base/str.h"

static inline uint64_t checksum(struct str bytes)
{
    uint64_t sum = 14695981039346656037U;
    for (size_t i = 0; i < bytes.len; i += sizeof(uint64_t)) {
        uint64_t word = 0;
        memcpy(&word, bytes.at + i, bytes.len - i < sizeof word ? bytes.len - i : sizeof word);
        sum = (sum ^ word) * 1099511628211U;
        sum ^= sum >> 32; /* a change in the high bits reaches the low ones */
    }
    return (sum ^ bytes.len) * 1099511628211U;
}

#endif
