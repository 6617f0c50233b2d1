#include "os/log.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/dates.h"
#include "os/clock.h"

static void add_value(struct buf *line, struct str text)
{
    buf_add_byte(line, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20 || c == 0x7f)
            buf_add_format(line, "\\x%02x", c);
        else if (c == '"' || c == '\\')
            buf_add_format(line, "\\%c", c);
        else
            buf_add_byte(line, (char)c);
    }
    buf_add_byte(line, '"');
}

void log_event(enum log_level level, const char *role, const char *event, const struct log_pair *pairs,
               size_t pair_count)
{
    static const char *const levels[] = {"debug", "info", "warn", "error"};
    struct buf line BUF_SCOPE = BUF_INIT(LOG_LINE_MAX);
    instant_write(&line, clock_now());
    buf_add_format(&line, " %s %s %s", levels[level], role, event);
    for (size_t i = 0; i < pair_count; i++) {
        buf_add_format(&line, " %s=", pairs[i].key);
        if (str_is_absent(pairs[i].text))
            buf_add_i64(&line, pairs[i].number);
        else
            add_value(&line, str_slice(pairs[i].text, 0, LOG_LINE_MAX / 8));
    }
    /* A line that did not fit lost its last pairs; it stays one line. */
    if (line.len == line.max)
        line.len--;
    line.is_over = false;
    buf_add_byte(&line, '\n');
    if (write(STDERR_FILENO, line.at, line.len) < 0)
        return; /* nowhere left to say it */
}
