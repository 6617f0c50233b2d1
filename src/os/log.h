/* A log line is one event a role tells its operator: time, level, role, event, then key=value pairs.
 *
 * Never content: no subject, body, password or ticket. Values are escaped, so that a line is one line and a
 * pair one pair whatever a client sent. Written to standard error in one write. Only roles log. */
#ifndef OS_LOG_H
#define OS_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG_LEVEL, LOG_INFO_LEVEL, LOG_WARN_LEVEL, LOG_ERROR_LEVEL };
enum { LOG_LINE_MAX = 2048 };

struct log_pair {
    const char *key;
    struct str text; /* absent: the number */
    int64_t number;
};
#define LOG_TEXT(pair_key, pair_text) ((struct log_pair){.key = (pair_key), .text = (pair_text)})
#define LOG_NUMBER(pair_key, pair_number) ((struct log_pair){.key = (pair_key), .number = (pair_number)})

void log_event(enum log_level level, const char *role, const char *event, const struct log_pair *pairs,
               size_t pair_count);
#define LOG(level, role, event, ...)                                                               \
    log_event((level), (role), (event), (const struct log_pair[]){__VA_ARGS__},                    \
              sizeof((const struct log_pair[]){__VA_ARGS__}) / sizeof(struct log_pair))

#endif
