#include "core/provider_reply.h"

#include <jansson.h>

#include "base/utf8.h"

enum { TOKENS_READ_MAX = 4000, UWH_IN_KWH = 1000000000 };

void provider_reply_begin(uint64_t seed)
{
    json_object_seed((size_t)seed | 1); /* 0 would be an asking for that file */
}

void provider_request(struct buf *out, const struct provider *provider, struct str text)
{
    buf_add_literal(out, "{\"model\":");
    shape_json_text(out, provider->card.model);
    buf_add_literal(out, ",\"messages\":[{\"role\":\"user\",\"content\":");
    shape_json_text(out, text);
    buf_add_format(out, "}],\"temperature\":0,\"max_tokens\":%d,\"stream\":false", PROVIDER_TOKENS_MAX);
    if (provider->tells_probabilities)
        buf_add_literal(out, ",\"logprobs\":true");
    buf_add_byte(out, '}');
}

/* What a person is shown holds no bytes that would fool them. */
static bool is_honest(struct str text)
{
    while (text.len > 0) {
        uint32_t point = utf8_next(&text);
        if (point != '\n' && point != '\r' && point != '\t' && utf8_is_deceptive(point))
            return false;
    }
    return true;
}

static enum status read_said(struct arena *arena, const json_t *choice, struct provider_reply *reply)
{
    const json_t *content = json_object_get(json_object_get(choice, "message"), "content");
    const char *finish = json_string_value(json_object_get(choice, "finish_reason"));
    if (!json_is_string(content))
        return INVALID;
    struct str said = str_trim((struct str){json_string_value(content), json_string_length(content)});
    if (said.len == 0 || !utf8_is_valid(said) || !is_honest(said))
        return INVALID;
    if (said.len > PROVIDER_SAID_MAX)
        return LIMIT;
    reply->said = str_copy(arena, said);
    reply->is_cut = finish != NULL && strcmp(finish, "length") == 0;
    return str_is_absent(reply->said) ? LIMIT : OK;
}

/* All of them, or none: one that cannot be makes the others doubtful. */
static void read_tokens(struct arena *arena, const json_t *choice, struct provider_reply *reply)
{
    const json_t *list = json_object_get(json_object_get(choice, "logprobs"), "content");
    size_t count = json_array_size(list);
    struct provider_token *tokens = arena_array(arena, struct provider_token, count + 1);
    if (tokens == NULL || count > TOKENS_READ_MAX)
        return;
    for (size_t i = 0; i < count; i++) {
        const json_t *token = json_array_get(list, i), *text = json_object_get(token, "token");
        const json_t *number = json_object_get(token, "logprob");
        double value = json_number_value(number);
        if (!json_is_number(number) || !json_is_string(text) || !(value <= 0) || value < -1e6)
            return;
        tokens[i] = (struct provider_token){
            .text = str_copy(arena, (struct str){json_string_value(text), json_string_length(text)}),
            .log_probability = value};
    }
    reply->tokens = tokens;
    reply->token_count = count;
}

/* `usage.carbon.kWh`, a number or {min, max}: the larger one. */
static int64_t read_energy(const json_t *root)
{
    enum { MOST_KWH = 100 };
    const json_t *kwh = json_object_get(json_object_get(json_object_get(root, "usage"), "carbon"), "kWh");
    if (json_is_object(kwh))
        kwh = json_object_get(kwh, "max");
    double value = json_is_number(kwh) ? json_number_value(kwh) : -1;
    return value > 0 && value < MOST_KWH ? (int64_t)(value * UWH_IN_KWH) : -1;
}

enum status provider_reply_read(struct arena *arena, struct str body, struct provider_reply *ret_reply)
{
    struct provider_reply reply = {.energy_uwh = -1};
    json_t *root = json_loadb(body.at, body.len, JSON_ALLOW_NUL, NULL);
    const json_t *choice = json_array_get(json_object_get(root, "choices"), 0);
    enum status done = read_said(arena, choice, &reply);
    if (done == OK) {
        read_tokens(arena, choice, &reply);
        reply.energy_uwh = read_energy(root);
        *ret_reply = reply;
    }
    json_decref(root);
    return done;
}

static void add_text(struct buf *out, struct str text)
{
    struct buf whole BUF_SCOPE = BUF_INIT(text.len * 3 + 1); /* a byte that is none becomes three */
    utf8_repair(&whole, text);
    shape_json_text(out, buf_str(&whole));
}

void provider_reply_write(struct buf *out, struct str said, bool is_cut, const struct provider_token *tokens,
                          size_t count)
{
    buf_add_literal(out, "{\"choices\":[{\"message\":{\"content\":");
    add_text(out, said);
    buf_add_format(out, "},\"finish_reason\":\"%s\",\"logprobs\":{\"content\":[", is_cut ? "length" : "stop");
    for (size_t i = 0; i < count; i++) {
        buf_add_c(out, i > 0 ? ",{\"token\":" : "{\"token\":");
        add_text(out, tokens[i].text);
        buf_add_format(out, ",\"logprob\":%.6f}", tokens[i].log_probability);
    }
    buf_add_literal(out, "]}}]}");
}

void provider_reply_state(const struct provider_reply *reply, struct provider_state *ret_state)
{
    double sum = 0;
    for (size_t i = 0; i < reply->token_count; i++)
        sum -= reply->tokens[i].log_probability;
    *ret_state = (struct provider_state){
        .stage = PROVIDER_DONE, .said = reply->said, .is_cut = reply->is_cut, .tokens = (int64_t)reply->token_count,
        .surprise = reply->token_count > 0 ? (int64_t)(sum * 1000 / (double)reply->token_count) : 0,
        .energy_uwh = reply->energy_uwh};
}
