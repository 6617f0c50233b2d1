/* Lines and messages of a client, in one piece and cut in two: nothing is read past its end, and a cut changes
 * nothing. */
#include "proto/smtp/sasl.h"
#include "proto/smtp/smtp_command.h"
#include "proto/smtp/smtp_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_lines(struct str input)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct smtp_command command;
    struct sasl_plain plain;
    struct str line, answer;
    size_t used;
    while (smtp_line(input, &line, &used) == OK) {
        REQUIRE(used == line.len + 2 && used <= input.len);
        if (smtp_command_parse(line, &command) == OK && (command.verb == SMTP_MAIL || command.verb == SMTP_RCPT))
            REQUIRE(command.path.len == 0 || smtp_is_address(command.path, true));
        if (sasl_plain_decode(arena, line, &plain) == OK)
            REQUIRE(plain.name.len > 0 && str_find_byte(plain.password, '\0') == SIZE_MAX);
        if (sasl_login_decode(arena, line, &answer) == OK)
            REQUIRE(answer.len > 0);
        input = str_after(input, used);
    }
}

/* How much was read; what it gave lies in `out`. */
static size_t feed(struct smtp_data *data, struct str first, struct str second, struct buf *out)
{
    smtp_data_begin(data);
    size_t used = smtp_data_feed(data, first, out);
    REQUIRE(used <= first.len && (data->is_done || used == first.len));
    return data->is_done ? used : used + smtp_data_feed(data, second, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str input = {(const char *)bytes, size};
    struct buf whole BUF_SCOPE = BUF_INIT(1 << 20), parts BUF_SCOPE = BUF_INIT(1 << 20);
    struct smtp_data one, two;
    read_lines(input);
    size_t cut = size > 0 ? bytes[0] % size : 0;
    size_t used = feed(&one, input, STR(""), &whole);
    REQUIRE(feed(&two, str_slice(input, 0, cut), str_after(input, cut), &parts) == used);
    REQUIRE(one.is_done == two.is_done && one.is_bad == two.is_bad);
    REQUIRE(one.is_bad || str_eq(buf_str(&whole), buf_str(&parts)));
    return 0;
}
