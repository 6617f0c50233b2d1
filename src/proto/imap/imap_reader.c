#include "proto/imap/imap_reader.h"

enum reader_state {
    IN_LINE,
    IN_LITERAL,
    IN_STREAM,
    WHOLE,
    REFUSED,
    REFUSED_FATALLY,
};

struct imap_reader imap_reader_of(const struct imap_limits *limits)
{
    return (struct imap_reader){.limits = limits, .text = BUF_INIT(limits->command_max)};
}

void imap_reader_finish(struct imap_reader *reader)
{
    buf_finish(&reader->text);
}

static void refuse(struct imap_reader *reader, bool is_fatal, const char *why)
{
    reader->state = is_fatal ? REFUSED_FATALLY : REFUSED;
    reader->why = why;
}

/* How many of the bytes belong to the line: up to LF, or up to what may not stand in a line. */
static size_t line_part(struct imap_reader *reader, struct str bytes)
{
    bool is_after_cr =
        reader->text.len > reader->line_from && reader->text.at[reader->text.len - 1] == '\r';
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.at[i];
        if (is_after_cr && c == '\n')
            return i + 1;
        if (is_after_cr || c == '\n' || c == '\0') {
            refuse(reader, true, c == '\0' ? "NUL in a command" : "Lines must end with CRLF");
            return i;
        }
        is_after_cr = c == '\r';
    }
    return bytes.len;
}

struct literal_head {
    struct str digits;
    bool is_there, is_waiting; /* waiting: synchronising, the client stands still until "+" */
};

/* The "{n}" or "{n+}" that ends this line, CRLF excluded. No quoted string or atom can end a
 * line with it, so framing needs to know nothing of what stands before. */
static struct literal_head literal_head(struct str line)
{
    struct literal_head head = {.is_waiting = true};
    if (!str_ends(line, STR("}")))
        return head;
    size_t from = str_find_byte_last(line, '{');
    if (from == SIZE_MAX)
        return head;
    head.digits = str_slice(line, from + 1, line.len - 1);
    if (str_ends(head.digits, STR("+"))) {
        head.is_waiting = false;
        head.digits.len--;
    }
    head.is_there = head.digits.len > 0;
    for (size_t i = 0; i < head.digits.len; i++)
        head.is_there = head.is_there && ascii_is_digit(head.digits.at[i]);
    return head;
}

/* True when the client must be told to go on. A refused literal that was already on its way
 * cannot be told from commands without reading it all: the connection ends (RFC 7888 section 4). */
static bool begin_literal(struct imap_reader *reader, struct literal_head head)
{
    const struct imap_limits *limits = reader->limits;
    uint64_t size;
    reader->is_too_big = str_to_u64(head.digits, limits->literal_max, &size) != OK;
    if (reader->is_too_big) {
        refuse(reader, !head.is_waiting, "Literal too large");
        return false;
    }
    bool is_streamed = size > limits->stream_above;
    if (!is_streamed && size > limits->command_max - reader->text.len) {
        refuse(reader, !head.is_waiting, "Command too large");
        return false;
    }
    if (is_streamed && reader->streams >= IMAP_STREAM_MAX) {
        refuse(reader, !head.is_waiting, "Too many literals");
        return false;
    }
    reader->literal_left = size;
    reader->state = is_streamed ? IN_STREAM : IN_LITERAL;
    return head.is_waiting;
}

/* A whole line is in: the command ends, or a literal begins. True as begin_literal. */
static bool end_line(struct imap_reader *reader)
{
    struct str line = str_slice(buf_str(&reader->text), reader->line_from, reader->text.len - 2);
    struct literal_head head = literal_head(line);
    if (!reader->is_line && head.is_there)
        return begin_literal(reader, head);
    reader->state = WHOLE;
    return false;
}

static bool feed_line(struct imap_reader *reader, struct str *bytes)
{
    size_t room = reader->text.max - reader->text.len, count = line_part(reader, *bytes);
    if (count > room)
        refuse(reader, true, "Command too long");
    buf_add(&reader->text, str_slice(*bytes, 0, count < room ? count : room));
    *bytes = str_after(*bytes, count);
    struct str text = str_after(buf_str(&reader->text), reader->line_from);
    return reader->state == IN_LINE && str_ends(text, STR("\r\n")) && end_line(reader);
}

static void feed_literal(struct imap_reader *reader, struct str *bytes)
{
    struct str part = str_slice(*bytes, 0, (size_t)reader->literal_left);
    buf_add(&reader->text, part);
    *bytes = str_after(*bytes, part.len);
    reader->literal_left -= part.len;
    if (reader->literal_left > 0)
        return;
    reader->line_from = (uint32_t)reader->text.len;
    reader->state = IN_LINE;
}

static void feed_stream(struct imap_reader *reader, struct str *bytes, const struct imap_sink *sink)
{
    struct str part = str_slice(*bytes, 0, (size_t)reader->literal_left);
    if (part.len == 0)
        return;
    *bytes = str_after(*bytes, part.len);
    reader->literal_left -= part.len;
    if (sink->take(sink->with, reader->streams, part, reader->literal_left) != OK) {
        refuse(reader, true, "Literal could not be kept");
        return;
    }
    if (reader->literal_left > 0)
        return;
    reader->streams++;
    reader->line_from = (uint32_t)reader->text.len;
    reader->state = IN_LINE;
}

/* True while there is something to do; a literal of no bytes ends without any. */
static bool is_hungry(const struct imap_reader *reader, struct str bytes)
{
    if (reader->state == IN_LITERAL && reader->literal_left == 0)
        return true;
    return reader->state < WHOLE && bytes.len > 0;
}

enum imap_read imap_reader_feed(struct imap_reader *reader, struct str *bytes,
                                const struct imap_sink *sink)
{
    while (is_hungry(reader, *bytes)) {
        if (reader->state == IN_LITERAL)
            feed_literal(reader, bytes);
        else if (reader->state == IN_STREAM)
            feed_stream(reader, bytes, sink);
        else if (feed_line(reader, bytes))
            return IMAP_READ_LITERAL;
    }
    if (reader->state == WHOLE)
        return reader->is_line ? IMAP_READ_LINE : IMAP_READ_COMMAND;
    return reader->state < WHOLE ? IMAP_READ_MORE : IMAP_READ_REFUSED;
}

uint64_t imap_reader_literal_size(const struct imap_reader *reader)
{
    return reader->literal_left;
}

/* The word of the text at *rest, when a space or the line's end follows it: the rest begins
 * there. */
static struct str whole_word(struct str *rest)
{
    struct str word = *rest;
    word.len = 0;
    while (word.len < rest->len && imap_is_astring_char(rest->at[word.len]))
        word.len++;
    bool is_whole = word.len > 0 && word.len < rest->len &&
                    (rest->at[word.len] == ' ' || rest->at[word.len] == '\r');
    *rest = str_after(*rest, word.len + 1);
    return is_whole ? word : STR_NONE;
}

struct str imap_reader_tag(const struct imap_reader *reader)
{
    struct str rest = buf_str(&reader->text);
    struct str tag = whole_word(&rest);
    return imap_is_tag(tag) && !reader->is_line ? tag : STR_NONE;
}

struct str imap_reader_name(const struct imap_reader *reader)
{
    struct str rest = buf_str(&reader->text);
    if (reader->is_line || str_is_absent(whole_word(&rest)))
        return STR_NONE;
    return whole_word(&rest);
}

enum status imap_reader_command(const struct imap_reader *reader, struct arena *arena,
                                struct imap_command *ret_command, const char **ret_why)
{
    REQUIRE(reader->state == WHOLE && !reader->is_line);
    return imap_lex(buf_str(&reader->text), reader->limits, arena, ret_command, ret_why);
}

struct str imap_reader_line(const struct imap_reader *reader)
{
    REQUIRE(reader->state == WHOLE && reader->is_line);
    return str_slice(buf_str(&reader->text), 0, reader->text.len - 2);
}

struct imap_refusal imap_reader_refusal(const struct imap_reader *reader)
{
    REQUIRE(reader->state == REFUSED || reader->state == REFUSED_FATALLY);
    return (struct imap_refusal){
        .tag = imap_reader_tag(reader),
        .why = reader->why,
        .is_fatal = reader->state == REFUSED_FATALLY,
        .is_too_big = reader->is_too_big,
    };
}

void imap_reader_reset(struct imap_reader *reader)
{
    buf_finish(&reader->text);
    *reader = imap_reader_of(reader->limits);
}

void imap_reader_expect_line(struct imap_reader *reader)
{
    REQUIRE(imap_reader_is_idle(reader));
    reader->is_line = true;
}

bool imap_reader_is_idle(const struct imap_reader *reader)
{
    return reader->state == IN_LINE && reader->text.len == 0;
}
