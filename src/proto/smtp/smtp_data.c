#include "proto/smtp/smtp_data.h"

enum { LINE_START, IN_LINE, AFTER_CR, AFTER_DOT, AFTER_DOT_CR };

void smtp_data_begin(struct smtp_data *data)
{
    *data = (struct smtp_data){.state = LINE_START};
}

static void add(struct smtp_data *data, struct buf *out, struct str bytes)
{
    if (!data->is_bad)
        buf_add(out, bytes);
}

/* Whole runs without CR, LF or NUL are appended at once: this is where almost all bytes pass. */
static size_t plain_run(struct str input)
{
    const char *cr = memchr(input.at, '\r', input.len);
    size_t length = cr != NULL ? (size_t)(cr - input.at) : input.len;
    const char *lf = memchr(input.at, '\n', length);
    if (lf != NULL)
        length = (size_t)(lf - input.at);
    const char *nul = memchr(input.at, 0, length);
    return nul != NULL ? (size_t)(nul - input.at) : length;
}

/* One byte that may change the state. */
static void step(struct smtp_data *data, char c, struct buf *out)
{
    int before = data->state;
    bool closes_line = (before == AFTER_CR || before == AFTER_DOT_CR) && c == '\n';
    if (c == 0 || (c == '\n' && !closes_line) || ((before == AFTER_CR || before == AFTER_DOT_CR) && c != '\n'))
        data->is_bad = true;
    if (before == AFTER_DOT_CR && c == '\n') {
        data->is_done = true;
        return;
    }
    if (before == LINE_START && c == '.') {
        data->state = AFTER_DOT;
        return;
    }
    if (before == AFTER_DOT_CR)
        add(data, out, STR("\r"));
    if (c == '\r' && before == AFTER_DOT) {
        data->state = AFTER_DOT_CR;
        return;
    }
    add(data, out, (struct str){&c, 1});
    data->state = c == '\r' ? AFTER_CR : closes_line ? LINE_START : IN_LINE;
}

size_t smtp_data_feed(struct smtp_data *data, struct str input, struct buf *out)
{
    size_t at = 0;
    while (at < input.len && !data->is_done) {
        struct str rest = str_after(input, at);
        size_t run = data->state == IN_LINE ? plain_run(rest) : 0;
        if (run > 0) {
            add(data, out, str_slice(rest, 0, run));
            at += run;
            continue;
        }
        step(data, input.at[at++], out);
    }
    return at;
}
