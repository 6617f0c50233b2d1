#include "service/mail/mbox.h"

#include "proto/mime/header.h"
#include "proto/mime/mail_date.h"
#include "service/mail/message.h"

/* The empty line before the next "From " belongs to the file: its length. */
static size_t last_line_if_empty(struct str lines)
{
    size_t end = str_ends(lines, STR("\r\n")) ? 2 : str_ends(lines, STR("\n")) ? 1 : 0;
    bool is_empty = end == lines.len || lines.at[lines.len - end - 1] == '\n';
    return is_empty ? end : 0;
}

enum status mbox_next(struct str *rest, struct mbox_entry *ret_entry)
{
    if (rest->len == 0)
        return NOT_FOUND;
    if (!str_starts(*rest, STR("From ")))
        return INVALID;
    struct str line = str_cut(rest, '\n');
    ret_entry->from = str_trim(str_after(line, 5));
    if (str_is_absent(*rest))
        *rest = STR("");
    size_t end = str_find(*rest, STR("\nFrom "));
    size_t length = str_starts(*rest, STR("From ")) ? 0 : end == SIZE_MAX ? rest->len : end + 1;
    ret_entry->lines = str_slice(*rest, 0, length);
    *rest = str_after(*rest, length);
    ret_entry->lines.len -= last_line_if_empty(ret_entry->lines);
    return OK;
}

/* "From " behind any number of '>'. */
static bool is_from(struct str line, size_t *ret_marks)
{
    size_t marks = 0;
    while (marks < line.len && line.at[marks] == '>')
        marks++;
    *ret_marks = marks;
    return str_starts(str_after(line, marks), STR("From "));
}

enum status mbox_unquote(struct buf *out, struct str lines)
{
    size_t marks;
    while (!str_is_absent(lines) && lines.len > 0) {
        struct str line = str_cut(&lines, '\n');
        if (str_ends(line, STR("\r")))
            line.len--;
        buf_add(out, is_from(line, &marks) && marks > 0 ? str_after(line, 1) : line);
        buf_add_literal(out, "\r\n");
    }
    return buf_status(out);
}

enum status mbox_received(struct str from, struct instant *ret_received)
{
    struct mail_date date;
    struct str rest = from;
    str_cut(&rest, ' ');
    if (str_is_absent(rest) || mail_date_parse(str_trim(rest), &date) != OK)
        return NOT_FOUND;
    *ret_received = date.instant;
    return OK;
}

int64_t mbox_flags(struct str message)
{
    static const struct {
        char letter;
        int64_t flag;
    } letters[] = {{'R', MESSAGE_SEEN}, {'A', MESSAGE_ANSWERED}, {'F', MESSAGE_FLAGGED},
                   {'D', MESSAGE_DELETED}, {'T', MESSAGE_DRAFT}};
    struct str head = str_slice(message, 0, header_length(message));
    struct str words[] = {header_find(head, STR("Status")), header_find(head, STR("X-Status"))};
    int64_t flags = 0;
    for (size_t w = 0; w < 2; w++)
        for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
            if (str_find_byte(words[w], letters[i].letter) != SIZE_MAX)
                flags |= letters[i].flag;
    return flags;
}

/* "Tue Nov 24 10:00:00 2026", as asctime writes it, in UTC. */
static void write_date(struct buf *out, struct instant at)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil civil = civil_of(at, 0);
    int weekday = date_weekday(date_of(civil.year, civil.month, civil.day));
    buf_add_format(out, "%s %s %2d %02d:%02d:%02d %04d", days[weekday], months[civil.month - 1], civil.day, civil.hour,
                   civil.minute, civil.second, civil.year);
}

void mbox_from(struct buf *out, struct instant received)
{
    buf_add_literal(out, "From MAILER-DAEMON ");
    write_date(out, received);
    buf_add_byte(out, '\n');
}

void mbox_quote(struct buf *out, struct str message, bool has_whole_lines)
{
    size_t marks;
    while (!str_is_absent(message) && message.len > 0) {
        size_t end = str_find_byte(message, '\n');
        struct str line = str_slice(message, 0, end == SIZE_MAX ? message.len : end + 1);
        message = str_after(message, line.len);
        if (is_from(line, &marks))
            buf_add_byte(out, '>');
        if (has_whole_lines && str_ends(line, STR("\r\n"))) {
            buf_add(out, str_slice(line, 0, line.len - 2));
            buf_add_byte(out, '\n');
        } else {
            buf_add(out, line);
        }
    }
}

void mbox_unquote_as_is(struct buf *out, struct str lines)
{
    size_t marks;
    while (lines.len > 0) {
        size_t end = str_find_byte(lines, '\n');
        struct str line = str_slice(lines, 0, end == SIZE_MAX ? lines.len : end + 1);
        lines = str_after(lines, line.len);
        buf_add(out, is_from(line, &marks) && marks > 0 ? str_after(line, 1) : line);
    }
}

void mbox_write(struct buf *out, struct instant received, struct str message)
{
    mbox_from(out, received);
    mbox_quote(out, message, true);
    if (message.len > 0 && !str_ends(message, STR("\n")))
        buf_add_byte(out, '\n');
    buf_add_byte(out, '\n');
}
