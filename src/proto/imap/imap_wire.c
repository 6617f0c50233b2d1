#include "proto/imap/imap_wire.h"

enum { VERSION = 1, LITERAL8 = 8, VARINT_BYTES = 10 };

/* ---- writing ---- */

static void write_number(struct buf *out, uint64_t number)
{
    while (number >= 0x80) {
        buf_add_byte(out, (char)(number | 0x80));
        number >>= 7;
    }
    buf_add_byte(out, (char)number);
}

static void write_text(struct buf *out, struct str text)
{
    write_number(out, text.len);
    buf_add(out, text);
}

/* An argument and where its next item is: lists are walked without recursion. */
struct step {
    const struct imap_arg *items;
    size_t count, at;
};

static void write_head(struct buf *out, const struct imap_arg *arg)
{
    buf_add_byte(out, (char)((unsigned)arg->kind | (arg->is_literal8 ? LITERAL8 : 0U)));
    if (arg->kind == IMAP_LIST)
        write_number(out, arg->count);
    else if (arg->kind == IMAP_STREAM) {
        write_number(out, arg->stream);
        write_number(out, arg->size);
    } else {
        write_text(out, arg->text);
    }
}

void imap_wire_write(struct buf *out, const struct imap_command *command)
{
    struct step steps[IMAP_DEPTH_MAX + 1];
    size_t depth = 1;
    write_number(out, VERSION);
    write_number(out, command->is_uid);
    write_text(out, command->tag);
    write_text(out, command->name);
    write_number(out, command->count);
    steps[0] = (struct step){command->args, command->count, 0};
    while (depth > 0) {
        struct step *step = &steps[depth - 1];
        if (step->at == step->count) {
            depth--;
            continue;
        }
        const struct imap_arg *arg = &step->items[step->at++];
        write_head(out, arg);
        if (arg->kind != IMAP_LIST)
            continue;
        REQUIRE(depth <= IMAP_DEPTH_MAX); /* the lexer made it */
        steps[depth++] = (struct step){arg->items, arg->count, 0};
    }
}

/* ---- reading ---- */

struct reading {
    struct str rest;
    const struct imap_limits *limits;
    struct arena *arena;
    size_t tokens;
};

static enum status read_number(struct reading *reading, uint64_t max, uint64_t *ret_number)
{
    uint64_t number = 0;
    for (unsigned i = 0; i < VARINT_BYTES; i++) {
        if (reading->rest.len == 0)
            return CORRUPT;
        unsigned char byte = (unsigned char)reading->rest.at[0];
        reading->rest = str_after(reading->rest, 1);
        if (i == VARINT_BYTES - 1 && byte > 1)
            return CORRUPT;
        number |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (byte & 0x80)
            continue;
        if (i > 0 && byte == 0)
            return CORRUPT; /* not the shortest form */
        if (number > max)
            return CORRUPT;
        *ret_number = number;
        return OK;
    }
    return CORRUPT;
}

static enum status read_text(struct reading *reading, struct str *ret_text)
{
    uint64_t len;
    TRY(read_number(reading, reading->rest.len, &len));
    if (len > reading->rest.len)
        return CORRUPT;
    *ret_text = str_slice(reading->rest, 0, (size_t)len);
    reading->rest = str_after(reading->rest, (size_t)len);
    return OK;
}

static enum status read_stream(struct reading *reading, struct imap_arg *arg)
{
    uint64_t stream;
    TRY(read_number(reading, UINT32_MAX, &stream));
    TRY(read_number(reading, reading->limits->literal_max, &arg->size));
    arg->stream = (uint32_t)stream;
    return OK;
}

static enum status read_items(struct reading *reading, struct imap_arg **ret_items, size_t *ret_count)
{
    uint64_t count;
    TRY(read_number(reading, reading->limits->token_max, &count));
    reading->tokens += (size_t)count;
    if (reading->tokens > reading->limits->token_max)
        return LIMIT;
    *ret_items = arena_array(reading->arena, struct imap_arg, (size_t)count + 1);
    *ret_count = (size_t)count;
    return *ret_items != NULL ? OK : LIMIT;
}

static enum status read_arg(struct reading *reading, struct imap_arg *arg)
{
    uint64_t head;
    TRY(read_number(reading, LITERAL8 | IMAP_STREAM, &head));
    unsigned kind = (unsigned)head & ~(unsigned)LITERAL8;
    if (kind > IMAP_STREAM)
        return CORRUPT;
    *arg = (struct imap_arg){.kind = (enum imap_kind)kind, .is_literal8 = (head & LITERAL8) != 0};
    if (arg->is_literal8 && (arg->kind == IMAP_ATOM || arg->kind == IMAP_LIST))
        return CORRUPT;
    if (arg->kind == IMAP_LIST)
        return read_items(reading, &arg->items, &arg->count);
    if (arg->kind == IMAP_STREAM)
        return read_stream(reading, arg);
    TRY(read_text(reading, &arg->text));
    if (arg->kind == IMAP_ATOM)
        return arg->text.len > 0 ? OK : CORRUPT;
    return arg->is_literal8 || str_find_byte(arg->text, '\0') == SIZE_MAX ? OK : CORRUPT;
}

/* Atoms may hold a section ("BODY[HEADER.FIELDS" is one atom when lexed); front's lexer has cut them, so what is asked
 * here is that no byte could end a line or start a literal. */
static bool is_line_safe(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] < ' ' || (unsigned char)text.at[i] >= 0x7f)
            return false;
    return true;
}

struct place {
    struct imap_arg *items;
    size_t count, at;
};

static enum status read_tree(struct reading *reading, struct imap_command *command)
{
    struct place places[IMAP_DEPTH_MAX + 1];
    size_t depth = 1;
    TRY(read_items(reading, &command->args, &command->count));
    places[0] = (struct place){command->args, command->count, 0};
    while (depth > 0) {
        struct place *place = &places[depth - 1];
        if (place->at == place->count) {
            depth--;
            continue;
        }
        struct imap_arg *arg = &place->items[place->at++];
        TRY(read_arg(reading, arg));
        if (arg->kind == IMAP_ATOM && !is_line_safe(arg->text))
            return CORRUPT;
        if (arg->kind != IMAP_LIST)
            continue;
        if (depth > reading->limits->depth_max || depth > IMAP_DEPTH_MAX)
            return LIMIT;
        places[depth++] = (struct place){arg->items, arg->count, 0};
    }
    return OK;
}

enum status imap_wire_read(struct str bytes, const struct imap_limits *limits, struct arena *arena,
                           struct imap_command *ret_command)
{
    struct reading reading = {.rest = bytes, .limits = limits, .arena = arena};
    struct imap_command command = {0};
    uint64_t version, is_uid;
    if (bytes.len > limits->command_max)
        return LIMIT;
    TRY(read_number(&reading, VERSION, &version));
    TRY(read_number(&reading, 1, &is_uid));
    TRY(read_text(&reading, &command.tag));
    TRY(read_text(&reading, &command.name));
    if (version != VERSION || !imap_is_tag(command.tag) || !imap_is_token(command.name))
        return CORRUPT;
    command.is_uid = is_uid == 1;
    TRY(read_tree(&reading, &command));
    if (reading.rest.len > 0)
        return CORRUPT;
    *ret_command = command;
    return OK;
}
