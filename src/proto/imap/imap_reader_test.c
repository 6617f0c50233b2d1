#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/imap/imap_reader.h"

static const struct imap_limits small = {
    .command_max = 400, .token_max = 20, .depth_max = 3, .literal_max = 200, .stream_above = 20};

static void dump_args(struct buf *out, const struct imap_arg *args, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_add_c(out, i ? " " : "");
        if (args[i].kind == IMAP_LIST) {
            buf_add_byte(out, '(');
            dump_args(out, args[i].items, args[i].count);
            buf_add_byte(out, ')');
        } else if (args[i].kind == IMAP_STREAM) {
            buf_add_format(out, "stream%u:%u%s", args[i].stream, (unsigned)args[i].size,
                           args[i].is_literal8 ? "~" : "");
        } else {
            buf_add_format(out,
                           args[i].kind == IMAP_ATOM ? "%.*s"
                           : args[i].is_literal8     ? "~'%.*s'"
                                                     : "'%.*s'",
                           STR_ARG(args[i].text));
        }
    }
}

static void dump_command(struct buf *out, const struct imap_reader *reader)
{
    struct arena *arena ARENA_SCOPE = arena_create(IMAP_COMMAND_ARENA);
    struct imap_command command;
    const char *why;
    enum status status = imap_reader_command(reader, arena, &command, &why);
    if (status != OK) {
        buf_add_format(out, "<%.*s BAD %s>", STR_ARG(command.tag), why);
        return;
    }
    buf_add_format(out, "<%.*s|%s%.*s|", STR_ARG(command.tag), command.is_uid ? "uid " : "",
                   STR_ARG(command.name));
    dump_args(out, command.args, command.count);
    buf_add_byte(out, '>');
}

static enum status keep(void *with, uint32_t stream, struct str piece, uint64_t left)
{
    struct buf *out = with;
    (void)stream;
    buf_add(out, piece);
    if (left == 0)
        buf_add_byte(out, ';');
    return OK;
}

/* Feeds one piece to its end; false once the connection would be closed. */
static bool feed_piece(struct imap_reader *reader, struct str piece, struct buf *out,
                       struct buf *streamed)
{
    struct imap_sink sink = {keep, streamed};
    for (;;) {
        enum imap_read read = imap_reader_feed(reader, &piece, &sink);
        if (read == IMAP_READ_MORE)
            return true;
        if (read == IMAP_READ_LITERAL) {
            buf_add_format(out, "+%u", (unsigned)imap_reader_literal_size(reader));
            continue;
        }
        if (read == IMAP_READ_COMMAND)
            dump_command(out, reader);
        if (read == IMAP_READ_REFUSED) {
            struct imap_refusal refusal = imap_reader_refusal(reader);
            buf_add_format(out, "<%.*s %s%s %s>", STR_ARG(refusal.tag),
                           refusal.is_fatal ? "BYE" : "BAD", refusal.is_too_big ? " [TOOBIG]" : "",
                           refusal.why);
            if (refusal.is_fatal)
                return false;
        }
        imap_reader_reset(reader);
    }
}

static void feed_cut(const struct imap_limits *limits, struct str input, size_t cut, size_t step,
                     struct buf *out)
{
    struct buf streamed BUF_SCOPE = BUF_INIT(10000);
    struct imap_reader reader = imap_reader_of(limits);
    bool is_open = feed_piece(&reader, str_slice(input, 0, cut), out, &streamed);
    for (size_t at = cut; is_open && at < input.len; at += step)
        is_open = feed_piece(&reader, str_slice(input, at, at + step), out, &streamed);
    buf_add(out, buf_str(&streamed));
    imap_reader_finish(&reader);
}

/* The same answer for the whole at once, cut in two at every point, and byte by byte. */
static void check_with(const struct imap_limits *limits, struct str input, const char *expected)
{
    for (size_t cut = 0; cut <= input.len + 1; cut++) {
        struct buf out BUF_SCOPE = BUF_INIT(100000);
        if (cut > input.len)
            feed_cut(limits, input, 0, 1, &out);
        else
            feed_cut(limits, input, cut, input.len, &out);
        buf_add_byte(&out, '\0');
        assert_string_equal(out.at, expected);
    }
}

#define CHECK(input, expected) check_with(&small, STR(input), expected)

static void commands_become_trees(void **state)
{
    (void)state;
    CHECK("a1 NOOP\r\n", "<a1|NOOP|>");
    CHECK("a1 noop\r\na2 UID FETCH 1:*,3 (FLAGS UID)\r\n",
          "<a1|noop|><a2|uid FETCH|1:*,3 (FLAGS UID)>");
    CHECK("a LIST (SUBSCRIBED) \"\" (% \"a b\") RETURN ()\r\n",
          "<a|LIST|(SUBSCRIBED) '' (% 'a b') RETURN ()>");
    CHECK("a STORE 1 +FLAGS (\\Seen \\* $x)\r\n", "<a|STORE|1 +FLAGS (\\Seen \\* $x)>");
    CHECK("a x \"q \\\"\\\\ \xc3\xa9\" NIL\r\n", "<a|x|'q \"\\ \xc3\xa9' NIL>");
    CHECK("a FETCH 1 BODY.PEEK[1.HEADER.FIELDS (A \"B\")]<0.10>\r\n",
          "<a|FETCH|1 BODY.PEEK[1.HEADER.FIELDS (A 'B') ]<0.10>>");
    CHECK("a FETCH 1 (BODY[HEADER.FIELDS (A)] UID)\r\n",
          "<a|FETCH|1 (BODY[HEADER.FIELDS (A) ] UID)>");
    CHECK("a select !#$$&'+,-.0123456789:;<=>?@^_`|[}\r\n",
          "<a|select|!#$$&'+,-.0123456789:;<=>?@^_`|[}>");
    CHECK("a list \"\" ~foo\r\n", "<a|list|'' ~foo>");
    CHECK("a X ((((1)))\r\n", "<a BAD Parentheses nested too deeply>");
    CHECK("a X (((1)) 2)\r\n", "<a|X|(((1)) 2)>");
}

static void literals_are_framed(void **state)
{
    (void)state;
    CHECK("a LOGIN {4}\r\nuser {5}\r\np\r\n{1\r\n", "+4+5<a|LOGIN|'user' 'p\r\n{1'>");
    CHECK("a LOGIN {4+}\r\nuser {0+}\r\n\r\nb NOOP\r\n", "<a|LOGIN|'user' ''><b|NOOP|>");
    CHECK("a X {0}\r\n\r\n", "+0<a|X|''>");
    CHECK("a X ~{3}\r\na\0b y\r\n", "+3<a|X|~'a' y>"); /* printing stops at the NUL */
    CHECK("a X (\"{5}\" {2+}\r\n)( u)\r\n", "<a|X|('{5}' ')(' u)>");
    CHECK("a X {3}\r\na\0b y\r\n", "+3<a BAD NUL in a literal>");
}

static void large_literals_are_streamed(void **state)
{
    (void)state;
    CHECK("a APPEND x (\\Seen) {21}\r\n123456789012345678901\r\n",
          "+21<a|APPEND|x (\\Seen) stream0:21>123456789012345678901;");
    CHECK("a APPEND x UTF8 (~{22+}\r\n1234567890123456789\r\n)) "
          "{21+}\r\n123456789012345678901\r\nb NOOP\r\n",
          "<a|APPEND|x UTF8 (stream0:22~) "
          "stream1:21><b|NOOP|>1234567890123456789\r\n);123456789012345678901;");
}

static void too_large_is_refused(void **state)
{
    (void)state;
    CHECK("a X {200}\r\n", "+200");
    CHECK("a X {201}\r\nb NOOP\r\n", "<a BAD [TOOBIG] Literal too large><b|NOOP|>");
    CHECK("a X {201+}\r\nb NOOP\r\n", "<a BYE [TOOBIG] Literal too large>");
    CHECK("a X {9223372036854775808}\r\n", "<a BAD [TOOBIG] Literal too large>");
    CHECK("a X {18446744073709551617}\r\n", "<a BAD [TOOBIG] Literal too large>");
    CHECK("a X {99999999999999999999999+}\r\n", "<a BYE [TOOBIG] Literal too large>");
}

static void broken_lines_are_refused(void **state)
{
    (void)state;
    CHECK("a NOOP\nb NOOP\r\n", "<a BYE Lines must end with CRLF>");
    CHECK("a NOOP\rb NOOP\r\n", "<a BYE Lines must end with CRLF>");
    CHECK("a NO\0P\r\n", "<a BYE NUL in a command>");
    CHECK("\r\n", "< BAD Tag expected>");
    CHECK("a\r\n", "<a BAD Command name expected>");
    CHECK("a \r\n", "<a BAD Command name expected>");
    CHECK("+ NOOP\r\n", "< BAD Tag expected>");
    CHECK("(a NOOP\r\n", "< BAD Tag expected>");
    CHECK("a NOOP \r\n", "<a BAD Argument expected>");
    CHECK("a X  1\r\n", "<a BAD Argument expected>");
    CHECK("a X \"1\r\nb NOOP\r\n", "<a BAD Malformed quoted string><b|NOOP|>");
    CHECK("a X \"\\n\"\r\n", "<a BAD Malformed quoted string>");
    CHECK("a X \"\xff\"\r\n", "<a BAD Quoted string is not UTF-8>");
    CHECK("a X \xc3\xa9\r\n", "<a BAD Argument expected>");
    CHECK("a X a\"b\"\r\n", "<a BAD Space expected between arguments>");
    CHECK("a X a\\b\r\n", "<a BAD Space expected between arguments>");
    CHECK("a X )\r\n", "<a BAD Argument expected>");
    CHECK("a X 1)\r\n", "<a BAD Unexpected closing parenthesis>");
    CHECK("a X (1\r\n", "<a BAD Closing parenthesis expected>");
    CHECK("a X (1)2\r\n", "<a BAD Space expected between arguments>");
    CHECK("a X {-1}\r\n", "<a BAD Malformed literal>");
    CHECK("a X {}\r\n", "<a BAD Malformed literal>");
    CHECK("a UID\r\n", "<a BAD Command name expected after UID>");
    CHECK("a UID (1)\r\n", "<a BAD Command name expected after UID>");
}

static void add_repeated(struct buf *out, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buf_add_c(out, piece);
}

static void limits_hold_at_max_plus_one(void **state)
{
    (void)state;
    struct buf input BUF_SCOPE = BUF_INIT(1000);
    buf_add_c(&input, "a ");
    add_repeated(&input, "x", small.command_max - 4);
    buf_add_c(&input, "\r\n");
    struct imap_reader reader = imap_reader_of(&small);
    struct str bytes = buf_str(&input);
    assert_int_equal(imap_reader_feed(&reader, &bytes, NULL), IMAP_READ_COMMAND);
    imap_reader_reset(&reader);
    input.len -= 2;
    buf_add_c(&input, "x\r\n");
    check_with(&small, buf_str(&input), "<a BYE Command too long>");

    buf_clear(&input);
    buf_add_c(&input, "a X");
    add_repeated(&input, " 1", small.token_max);
    buf_add_c(&input, "\r\n");
    check_with(&small, buf_str(&input), "<a|X|1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1>");
    input.len -= 2;
    buf_add_c(&input, " 1\r\n");
    check_with(&small, buf_str(&input), "<a BAD Too many arguments>");
}

static void memory_literals_share_one_maximum(void **state)
{
    (void)state;
    struct imap_limits limits = small;
    limits.stream_above = limits.literal_max;
    check_with(
        &limits,
        STR("a {200+}\r\n"
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
            "1234567890123456789012345678901234567890 {190}\r\nb NOOP\r\n"),
        "<a BAD Command too large><b|NOOP|>");
}

static void a_tag_has_a_maximum(void **state)
{
    (void)state;
    struct buf input BUF_SCOPE = BUF_INIT(1000);
    add_repeated(&input, "t", IMAP_TAG_MAX + 1);
    buf_add_c(&input, " NOOP\r\n");
    check_with(&small, buf_str(&input), "< BAD Tag expected>");
}

static void streams_have_a_maximum(void **state)
{
    (void)state;
    struct buf input BUF_SCOPE = BUF_INIT(10000), streamed BUF_SCOPE = BUF_INIT(10000);
    buf_add_c(&input, "a X");
    add_repeated(&input, " {21+}\r\n123456789012345678901", IMAP_STREAM_MAX);
    struct imap_sink sink = {keep, &streamed};
    struct imap_reader reader = imap_reader_of(&small);
    struct str bytes = buf_str(&input);
    assert_int_equal(imap_reader_feed(&reader, &bytes, &sink), IMAP_READ_MORE);
    assert_int_equal(streamed.len, IMAP_STREAM_MAX * 22);
    bytes = STR(" {21+}\r\n");
    assert_int_equal(imap_reader_feed(&reader, &bytes, &sink), IMAP_READ_REFUSED);
    assert_true(imap_reader_refusal(&reader).is_fatal);
    imap_reader_finish(&reader);
}

static enum status refuse_all(void *with, uint32_t stream, struct str piece, uint64_t left)
{
    (void)with, (void)stream, (void)piece, (void)left;
    return OUTSIDE;
}

static void a_sink_that_fails_ends_the_connection(void **state)
{
    (void)state;
    struct imap_sink sink = {refuse_all, NULL};
    struct imap_reader reader = imap_reader_of(&small);
    struct str bytes = STR("a X {21+}\r\n1");
    assert_int_equal(imap_reader_feed(&reader, &bytes, &sink), IMAP_READ_REFUSED);
    assert_true(imap_reader_refusal(&reader).is_fatal);
    assert_false(imap_reader_refusal(&reader).is_too_big);
    imap_reader_finish(&reader);
}

static void lines_are_taken_bare(void **state)
{
    (void)state;
    struct imap_reader reader = imap_reader_of(&small);
    imap_reader_expect_line(&reader);
    struct str bytes = STR("AGFuYQ== {5}\r\na NOOP\r\n");
    assert_int_equal(imap_reader_feed(&reader, &bytes, NULL), IMAP_READ_LINE);
    assert_true(str_eq(imap_reader_line(&reader), STR("AGFuYQ== {5}")));
    imap_reader_reset(&reader);
    assert_int_equal(imap_reader_feed(&reader, &bytes, NULL), IMAP_READ_COMMAND);
    imap_reader_finish(&reader);
}

static void between_commands_nothing_is_held(void **state)
{
    (void)state;
    assert_true(sizeof(struct imap_reader) <= 88);
    struct imap_reader reader = imap_reader_of(&small);
    struct str bytes = STR("a APPEND {3}\r\n");
    assert_true(imap_reader_is_idle(&reader));
    assert_int_equal(imap_reader_feed(&reader, &bytes, NULL), IMAP_READ_LITERAL);
    assert_false(imap_reader_is_idle(&reader));
    assert_true(str_eq(imap_reader_tag(&reader), STR("a")));
    assert_true(str_eq(imap_reader_name(&reader), STR("APPEND")));
    imap_reader_reset(&reader);
    assert_true(imap_reader_is_idle(&reader));
    assert_null(reader.text.at);
    assert_true(str_is_absent(imap_reader_tag(&reader)));
}

static void single_arguments_are_read(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(IMAP_COMMAND_ARENA);
    struct imap_command command;
    const char *why;
    struct str text;
    uint64_t number;
    struct str line = STR("a X inbox a] a% \\Seen \"a%\" NIL 42 () ~{1}\r\nx\r\n");
    assert_int_equal(imap_lex(line, &small, arena, &command, &why), OK);
    const struct imap_arg *args = command.args;
    assert_true(imap_arg_is(&args[0], STR("INBOX")));
    assert_false(imap_arg_is(NULL, STR("INBOX")));
    assert_int_equal(imap_arg_atom(&args[1], &text), INVALID);
    assert_int_equal(imap_arg_astring(&args[1], &text), OK);
    assert_int_equal(imap_arg_astring(&args[2], &text), INVALID);
    assert_int_equal(imap_arg_pattern(&args[2], &text), OK);
    assert_int_equal(imap_arg_pattern(&args[3], &text), INVALID);
    assert_int_equal(imap_arg_astring(&args[4], &text), OK);
    assert_int_equal(imap_arg_nstring(&args[5], &text), OK);
    assert_true(str_is_absent(text));
    assert_int_equal(imap_arg_nstring(&args[0], &text), INVALID);
    assert_int_equal(imap_arg_number(&args[6], 42, &number), OK);
    assert_int_equal(number, 42);
    assert_int_equal(imap_arg_number(&args[6], 41, &number), INVALID);
    assert_int_equal(imap_arg_number(&args[7], 41, &number), INVALID);
    assert_int_equal(imap_arg_astring(&args[8], &text), INVALID);
    assert_null(imap_arg_at(&command, 9));
}

/* What the house allows before login lets a full ID command through, and a flood not. */
static void the_house_limits_fit_id(void **state)
{
    (void)state;
    struct buf input BUF_SCOPE = BUF_INIT(1 << 20);
    buf_add_c(&input, "a ID (");
    for (int field = 0; field < 30; field++) {
        buf_add_c(&input, field ? " \"" : "\"");
        add_repeated(&input, "n", 30);
        buf_add_c(&input, "\" \"");
        add_repeated(&input, "v", 1024);
        buf_add_c(&input, "\"");
    }
    buf_add_c(&input, ")\r\n");
    struct arena *arena ARENA_SCOPE = arena_create(IMAP_COMMAND_ARENA);
    struct imap_command command;
    const char *why;
    assert_int_equal(imap_lex(buf_str(&input), &imap_limits_before_login, arena, &command, &why),
                     OK);
    assert_int_equal(command.args[0].count, 60);
    struct imap_limits after = imap_limits_after_login(50 << 20);
    buf_clear(&input);
    buf_add_c(&input, "a X");
    add_repeated(&input, " ()", IMAP_TOKEN_MAX);
    buf_add_c(&input, "\r\n");
    assert_int_equal(imap_lex(buf_str(&input), &after, arena, &command, &why), OK);
    assert_int_equal(command.count, IMAP_TOKEN_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_become_trees),
        cmocka_unit_test(literals_are_framed),
        cmocka_unit_test(large_literals_are_streamed),
        cmocka_unit_test(too_large_is_refused),
        cmocka_unit_test(broken_lines_are_refused),
        cmocka_unit_test(limits_hold_at_max_plus_one),
        cmocka_unit_test(memory_literals_share_one_maximum),
        cmocka_unit_test(a_tag_has_a_maximum),
        cmocka_unit_test(streams_have_a_maximum),
        cmocka_unit_test(a_sink_that_fails_ends_the_connection),
        cmocka_unit_test(lines_are_taken_bare),
        cmocka_unit_test(between_commands_nothing_is_held),
        cmocka_unit_test(single_arguments_are_read),
        cmocka_unit_test(the_house_limits_fit_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
