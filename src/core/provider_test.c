#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/provider_reply.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(4 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

/* ---- providers.conf ---- */

#define WHOLE "[a]\naddress = https://model.example/v1\nmodel = m\n"

static void providers_are_read(void **state)
{
    (void)state;
    struct providers providers;
    int line;
    struct str text = STR("# ours\nnetworks = 10.2.0.0/16 fd00::/8\n\n" WHOLE "maker = Atelier\nkey_file = a.key\n"
                          "probabilities = yes\n[b-2]\naddress = http://[::1]:8081\nmodel = n\n");
    assert_int_equal(providers_parse(text, &providers, &line), OK);
    assert_int_equal(providers.network_count, 4);
    assert_int_equal(providers.count, 2);
    assert_true(str_eq(providers.at[0].host, STR("model.example")));
    assert_int_equal(providers.at[0].port, 443);
    assert_true(providers.at[0].is_tls && providers.at[0].tells_probabilities);
    assert_true(str_eq(providers.at[0].card.maker, STR("Atelier")));
    assert_int_equal(providers.at[0].card.training.len, 0);
    assert_true(str_eq(providers.at[1].host, STR("::1")));
    assert_int_equal(providers.at[1].port, 8081);
    assert_false(providers.at[1].is_tls || providers.at[1].tells_probabilities);
    assert_int_equal(providers_parse(STR(""), &providers, &line), OK);
    assert_int_equal(providers.count, 0);
}

#define LOCAL "[a]\nmodel_file = models/x.gguf\nlibrary = /opt/llama\n"

static void a_local_one_is_read(void **state)
{
    (void)state;
    struct providers providers;
    int line;
    assert_int_equal(providers_parse(STR("memory = 30\n" LOCAL "maker = Atelier\n" "[b]\nlibrary = l\nmodel = named\n"
                                         "model_file = y\n"), &providers, &line), OK);
    assert_int_equal(providers.memory_percent, 30);
    assert_true(provider_is_local(&providers.at[0]) && provider_is_local(&providers.at[1]));
    assert_true(str_eq(providers.at[0].card.model, STR("x.gguf")));
    assert_true(str_eq(providers.at[0].library, STR("/opt/llama")));
    assert_true(str_eq(providers.at[1].card.model, STR("named")));
    assert_int_equal(providers_parse(STR(WHOLE), &providers, &line), OK);
    assert_false(provider_is_local(&providers.at[0]));
    assert_int_equal(providers.memory_percent, PROVIDER_MEMORY_PERCENT);
}

/* A name that a decision cannot hold is none. */
static void a_file_has_an_address(void **state)
{
    (void)state;
    unsigned char hash[32] = {0xAB, 0xCD};
    char path[PROVIDER_VALUE_MAX];
    const size_t most = PROVIDER_VALUE_MAX - (sizeof "file: sha256:" - 1) - 64;
    struct buf address BUF_SCOPE = BUF_INIT(PROVIDER_VALUE_MAX * 2);
    assert_int_equal(provider_file_address(&address, STR("models/x.gguf"), hash), OK);
    assert_true(str_eq(buf_str(&address), STR("file:x.gguf sha256:abcd000000000000000000000000000000000000000000000000"
                                              "000000000000")));
    memset(path, 'x', sizeof path);
    buf_clear(&address);
    assert_int_equal(provider_file_address(&address, (struct str){path, most}, hash), OK);
    buf_clear(&address);
    assert_int_equal(provider_file_address(&address, (struct str){path, most + 1}, hash), LIMIT);
}

static void a_mistake_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
    } wrong[] = {
        {"[a]\naddress = ftp://x\nmodel = m\n", 2},
        {"[a]\naddress = https://user@x/\nmodel = m\n", 2},
        {"[a]\naddress = https://x/v1?a=b\nmodel = m\n", 2},
        {"[a]\naddress = https://x:0/\nmodel = m\n", 2},
        {"[a]\naddress = https://x:65536/\nmodel = m\n", 2},
        {"[a]\naddress = https://[::1/\nmodel = m\n", 2},
        {"[a]\naddress = https://\nmodel = m\n", 2},
        {"[a]\naddress = https://x\n[b]\n", 3},
        {"[a]\nmodel = m\n", 3},
        {"[A]\n", 1},
        {"[]\n", 1},
        {"[a\n", 1},
        {WHOLE "[a]\n", 4},
        {WHOLE "networks = 10.0.0.0/8\n", 4},
        {WHOLE "keyfile = x\n", 4},
        {WHOLE "probabilities = maybe\n", 4},
        {WHOLE "maker =\n", 4},
        {"networks = 10.0.0.1/8\n", 1},
        {"memory = 0\n", 1},
        {"memory = 101\n", 1},
        {"memory = 50 %\n", 1},
        {LOCAL "memory = 50\n", 4},
        {LOCAL "address = http://[::1]/\n", 5},
        {LOCAL "key_file = x\n", 5},
        {LOCAL "ca_file = x\n", 5},
        {LOCAL "probabilities = yes\n", 5},
        {LOCAL "model_file =\n", 4},
        {WHOLE "library = x\n", 5},
        {"[a]\nmodel_file = x\n", 3},
        {"[a]\nmodel_file = x/\nlibrary = y\n", 4},
        {"[a]\nmodel = m\nlibrary = y\n", 4},
        {"model = m\n", 1},
        {"words\n", 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct providers providers;
        int line = 0;
        assert_int_equal(providers_parse(str_of(wrong[i].text), &providers, &line), INVALID);
        assert_int_equal(line, wrong[i].line);
    }
}

static void there_are_so_many_and_no_more(void **state)
{
    (void)state;
    struct buf text BUF_SCOPE = BUF_INIT(1 << 16);
    struct providers providers;
    int line;
    for (int i = 0; i < PROVIDERS_MAX; i++)
        buf_add_format(&text, "[p%d]\naddress = https://x\nmodel = m\n", i);
    assert_int_equal(providers_parse(buf_str(&text), &providers, &line), OK);
    buf_add_literal(&text, "[more]\naddress = https://x\nmodel = m\n");
    assert_int_equal(providers_parse(buf_str(&text), &providers, &line), INVALID);
}

/* ---- what is asked ---- */

static void a_request_is_json(void **state)
{
    (void)state;
    struct buf body BUF_SCOPE = BUF_INIT(10000);
    struct provider provider = {.card.model = STR("m\"1")};
    provider_request(&body, &provider, STR("l’été\n\"x\""));
    assert_true(str_eq(buf_str(&body), STR("{\"model\":\"m\\\"1\",\"messages\":[{\"role\":\"user\",\"content\":"
                                           "\"l’été\\u000a\\\"x\\\"\"}],\"temperature\":0,\"max_tokens\":800,"
                                           "\"stream\":false}")));
    provider.tells_probabilities = true;
    buf_clear(&body);
    provider_request(&body, &provider, STR("x"));
    assert_true(str_ends(buf_str(&body), STR(",\"logprobs\":true}")));
}

/* ---- what is said ---- */

static enum status read_reply(const char *body, struct provider_reply *ret_reply)
{
    return provider_reply_read(arena, str_of(body), ret_reply);
}

#define SAYS(content, more) "{\"choices\":[{\"message\":{\"content\":" content "}" more "}]}"

static void a_text_is_read(void **state)
{
    (void)state;
    struct provider_reply reply;
    assert_int_equal(read_reply(SAYS("\" L'été.\\n\"", ",\"finish_reason\":\"stop\""), &reply), OK);
    assert_true(str_eq(reply.said, STR("L'été.")));
    assert_false(reply.is_cut);
    assert_int_equal(reply.token_count, 0);
    assert_int_equal(reply.energy_uwh, -1);
    assert_int_equal(read_reply(SAYS("\"x\"", ",\"finish_reason\":\"length\",\"logprobs\":null"), &reply), OK);
    assert_true(reply.is_cut);
}

static void what_is_no_answer_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "x", "[]", "{}", "null", "<html>", "{\"choices\":[]}", "{\"choices\":[{}]}", "{\"choices\":{\"0\":1}}",
        "{\"error\":{\"message\":\"no\"}}", SAYS("null", ""), SAYS("3", ""), SAYS("\"\"", ""), SAYS("\" \\n\"", ""),
        SAYS("[\"x\"]", ""), SAYS("\"a\\u0000b\"", ""), SAYS("\"a\\u202eb\"", ""), SAYS("\"a\\u001bb\"", ""),
        SAYS("\"\\ud800\"", ""), SAYS("\"a\xFF\"", ""), SAYS("\"a\"", "") "x", "{\"choices\":[{\"message\":"};
    struct provider_reply reply;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(read_reply(wrong[i], &reply), INVALID);
}

static void a_text_has_a_longest(void **state)
{
    (void)state;
    struct provider_reply reply;
    for (size_t more = 0; more < 2; more++) {
        struct buf body BUF_SCOPE = BUF_INIT(1 << 16);
        buf_add_literal(&body, "{\"choices\":[{\"message\":{\"content\":\"");
        for (size_t i = 0; i < PROVIDER_SAID_MAX + more; i++)
            buf_add_byte(&body, 'x');
        buf_add_literal(&body, "\"}}]}");
        assert_int_equal(provider_reply_read(arena, buf_str(&body), &reply), more == 0 ? OK : LIMIT);
    }
}

#define TOKEN(logprob) "{\"token\":\"t\",\"logprob\":" logprob "}"
#define PROBABLE(tokens) SAYS("\"x\"", ",\"logprobs\":{\"content\":[" tokens "]}")

/* A probability is at most 1: its logarithm at most 0. One lie, and none is told. */
static void probabilities_that_cannot_be_are_none(void **state)
{
    (void)state;
    struct provider_reply reply;
    struct provider_state told;
    assert_int_equal(read_reply(PROBABLE(TOKEN("-0.5") "," TOKEN("-0.25") "," TOKEN("0")), &reply), OK);
    assert_int_equal(reply.token_count, 3);
    assert_true(str_eq(reply.tokens[0].text, STR("t")));
    provider_reply_state(&reply, &told);
    assert_int_equal(told.tokens, 3);
    assert_int_equal(told.surprise, 250);
    static const char *const lies[] = {
        PROBABLE(TOKEN("-0.5") "," TOKEN("0.001")), PROBABLE(TOKEN("-1e300")), PROBABLE(TOKEN("\"-1\"")),
        PROBABLE(TOKEN("null")),                    PROBABLE("3"),             PROBABLE("{\"logprob\":-1}"),
        SAYS("\"x\"", ",\"logprobs\":[1,2]"),       PROBABLE("")};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        assert_int_equal(read_reply(lies[i], &reply), OK);
        assert_int_equal(reply.token_count, 0);
        provider_reply_state(&reply, &told);
        assert_int_equal(told.surprise, 0);
    }
}

/* A local one answers in the same form, whatever bytes its tokens are. */
static void what_a_local_one_says_is_read(void **state)
{
    (void)state;
    const struct provider_token tokens[] = {{STR("L'\""), -0.5}, {STR("\xC3"), -0.25}, {STR("\xA9.\n"), 0}};
    struct buf body BUF_SCOPE = BUF_INIT(1000);
    struct provider_reply reply;
    struct provider_state told;
    provider_reply_write(&body, STR("L'\"é.\n"), false, tokens, 3);
    assert_int_equal(provider_reply_read(arena, buf_str(&body), &reply), OK);
    assert_true(str_eq(reply.said, STR("L'\"é.")));
    assert_false(reply.is_cut);
    assert_int_equal(reply.token_count, 3);
    assert_true(str_eq(reply.tokens[0].text, STR("L'\"")) && str_eq(reply.tokens[1].text, STR("\uFFFD")));
    provider_reply_state(&reply, &told);
    assert_int_equal(told.surprise, 250);
    buf_clear(&body);
    provider_reply_write(&body, STR("x"), true, tokens, 0);
    assert_int_equal(provider_reply_read(arena, buf_str(&body), &reply), OK);
    assert_true(reply.is_cut && reply.token_count == 0);
    buf_clear(&body);
    provider_reply_write(&body, STR(""), false, tokens, 0);
    assert_int_equal(provider_reply_read(arena, buf_str(&body), &reply), INVALID);
}

static int64_t energy(const char *usage)
{
    char body[300];
    struct provider_reply reply;
    snprintf(body, sizeof body, "{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"usage\":%s}", usage);
    assert_int_equal(read_reply(body, &reply), OK);
    return reply.energy_uwh;
}

static void energy_is_read_where_it_can_be(void **state)
{
    (void)state;
    assert_int_equal(energy("{\"carbon\":{\"kWh\":0.0001}}"), 100000);
    assert_int_equal(energy("{\"carbon\":{\"kWh\":{\"min\":0.0001,\"max\":0.0002},\"kgCO2eq\":{\"min\":1}}}"), 200000);
    static const char *const none[] = {"null", "{}", "{\"carbon\":null}",
                                       "{\"carbon\":{\"kWh\":0}}", /* nothing was measured */
                                       "{\"carbon\":{\"kWh\":-1}}", "{\"carbon\":{\"kWh\":1e9}}",
                                       "{\"carbon\":{\"kWh\":\"1\"}}", "{\"carbon\":{\"kWh\":{}}}"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(energy(none[i]), -1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(providers_are_read),
        CASE(a_local_one_is_read),
        CASE(a_file_has_an_address),
        CASE(a_mistake_is_refused_with_its_line),
        CASE(there_are_so_many_and_no_more),
        CASE(a_request_is_json),
        CASE(a_text_is_read),
        CASE(what_is_no_answer_is_refused),
        CASE(a_text_has_a_longest),
        CASE(probabilities_that_cannot_be_are_none),
        CASE(what_a_local_one_says_is_read),
        CASE(energy_is_read_where_it_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
