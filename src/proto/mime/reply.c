#include "proto/mime/reply.h"

/* The text in lines ended by CRLF, each with `before`; a quoted line gets no blank more. */
static void add_lines(struct buf *out, struct str text, bool is_quote)
{
    while (text.len > 0 && !out->is_over) {
        struct str line = str_cut(&text, '\n');
        if (str_ends(line, STR("\r")))
            line.len--;
        if (is_quote && (str_eq(line, STR("-- ")) || str_eq(line, STR("--"))))
            return;
        if (is_quote)
            buf_add(out, line.len == 0 || str_starts(line, STR(">")) ? STR(">") : STR("> "));
        buf_add(out, line);
        buf_add_literal(out, "\r\n");
    }
}

void reply_quote(struct buf *out, struct str introduction, struct str text)
{
    add_lines(out, introduction, false);
    add_lines(out, text, true);
}

static void add_labelled(struct buf *out, struct str label, struct str value)
{
    if (str_is_absent(value))
        return;
    buf_add(out, label);
    buf_add_byte(out, ' ');
    add_lines(out, value.len > 0 ? value : STR("\n"), false);
}

void reply_forward(struct buf *out, const struct reply_labels *labels,
                   const struct reply_original *original)
{
    buf_add_literal(out, "-------- ");
    buf_add(out, labels->title);
    buf_add_literal(out, " --------\r\n");
    add_labelled(out, labels->from, original->from);
    add_labelled(out, labels->date, original->date);
    add_labelled(out, labels->subject, original->subject);
    add_labelled(out, labels->to, original->to);
    add_labelled(out, labels->cc, original->cc);
    buf_add_literal(out, "\r\n");
    add_lines(out, original->text, false);
}

/* "Re:", "RE :", "Re[2]:" at the front: its length, or 0. */
static size_t marker_length(struct str subject, const struct str *markers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t end = markers[i].len;
        if (!str_starts_nocase(subject, markers[i]))
            continue;
        if (end < subject.len && subject.at[end] == '[')
            end += 1 + str_find_byte(str_after(subject, end), ']');
        while (end < subject.len && subject.at[end] == ' ')
            end++;
        if (end < subject.len && subject.at[end] == ':')
            return end + 1;
        if (str_starts(str_after(subject, end), STR("\u00a0:"))) /* the no-break space of French */
            return end + 3;
    }
    return 0;
}

struct str reply_subject(struct arena *arena, struct str prefix, struct str subject)
{
    static const struct str answers[] = {STR_INIT("re"), STR_INIT("rép"), STR_INIT("réf"),
                                         STR_INIT("aw"), STR_INIT("sv")};
    static const struct str forwards[] = {STR_INIT("tr"), STR_INIT("fwd"), STR_INIT("fw"),
                                          STR_INIT("wg")};
    bool is_forward = str_starts_nocase(prefix, STR("tr")) || str_starts_nocase(prefix, STR("fw"));
    const struct str *markers = is_forward ? forwards : answers;
    size_t count =
        is_forward ? sizeof forwards / sizeof *forwards : sizeof answers / sizeof *answers;
    subject = str_trim(subject);
    for (size_t length = 1; length > 0; subject = str_trim(str_after(subject, length)))
        length = marker_length(subject, markers, count);
    return str_format(arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(subject));
}

/* Hosts match without case; the part before the @ too, as every mail system does it. */
static bool is_same(const struct address *a, const struct address *b)
{
    return str_eq_nocase(a->mailbox, b->mailbox) && str_eq_nocase(a->host, b->host);
}

static bool is_in(const struct address_list *list, const struct address *address)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_same(&list->at[i], address))
            return true;
    return false;
}

static bool is_own(const struct address *address, const struct str *own, size_t own_count)
{
    for (size_t i = 0; i < own_count; i++) {
        size_t at = str_find_byte_last(own[i], '@');
        struct address mine = {.mailbox = str_slice(own[i], 0, at),
                               .host = str_after(own[i], at + 1)};
        if (at != SIZE_MAX && is_same(address, &mine))
            return true;
    }
    return false;
}

/* What `from` adds to `to`: mailboxes one can write to, once each; names become UTF-8. */
struct picking {
    struct arena *arena;
    const struct str *own;
    size_t own_count;
    const struct address_list *others; /* already written to */
};

static enum status pick(const struct picking *picking, const struct address_list *from,
                        struct address_list *to)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct address *address = &from->at[i];
        if (!address_is_deliverable(address) || is_own(address, picking->own, picking->own_count) ||
            is_in(to, address) || is_in(picking->others, address))
            continue;
        struct address *added = list_add(to, picking->arena, ADDRESSES_MAX);
        if (added == NULL)
            return to->count == ADDRESSES_MAX ? OK : LIMIT;
        *added = (struct address){.name = address_name_text(picking->arena, address),
                                  .mailbox = address->mailbox,
                                  .host = address->host};
    }
    return OK;
}

enum status reply_people_of(struct arena *arena, struct str header, const struct str *own,
                            size_t own_count, bool is_all, struct reply_people *ret_people)
{
    struct address_list from = {0}, to = {0}, cc = {0}, none = {0};
    struct reply_people people = {0};
    struct picking picking = {arena, own, own_count, &none};
    TRY(address_parse_field(arena, header, STR("Reply-To"), &from));
    if (from.count == 0)
        TRY(address_parse_field(arena, header, STR("From"), &from));
    TRY(address_parse_field(arena, header, STR("To"), &to));
    TRY(address_parse_field(arena, header, STR("Cc"), &cc));
    TRY(pick(&picking, &from, &people.to));
    bool is_answered = people.to.count > 0;
    if (!is_answered)
        TRY(pick(&picking, &to, &people.to));
    picking.others = &people.to;
    if (is_all && is_answered)
        TRY(pick(&picking, &to, &people.cc));
    if (is_all)
        TRY(pick(&picking, &cc, &people.cc));
    *ret_people = people;
    return OK;
}
