/* The same bytes give the same requests wherever they are cut, and what is given obeys its promises. */
#include "base/utf8.h"
#include "proto/http/http_request.h"
#include "proto/http/http_value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void note(struct http_request *r, struct buf *seen)
{
    static const struct str offered[] = {STR_INIT("fr"), STR_INIT("en")};
    REQUIRE(utf8_is_valid(r->path) && str_find_byte(r->path, '\0') == SIZE_MAX);
    REQUIRE(str_find(r->path, STR("/../")) == SIZE_MAX && !str_starts(r->path, STR("//")));
    REQUIRE(!r->has_length || !r->has_transfer);
    buf_add(seen, r->method_name);
    buf_add(seen, r->path);
    buf_add(seen, r->host.name);
    buf_add(seen, http_value_cookie(r->cookie, "__Host-a"));
    buf_add_u64(seen, http_value_language(r->accept_language, offered, 2));
    buf_add(seen, http_request_header(r, "x-any"));
}

static void feed(struct http_request *r, struct str input, struct buf *seen)
{
    struct str piece;
    for (;;) {
        switch (http_request_next(r, &input, &piece)) {
        case HTTP_STARTED:
            note(r, seen);
            break;
        case HTTP_PIECE:
            REQUIRE(piece.len > 0);
            buf_add(seen, piece);
            break;
        case HTTP_ENDED:
            buf_add_byte(seen, '|');
            http_request_again(r);
            break;
        case HTTP_MORE:
            REQUIRE(input.len == 0);
            return;
        case HTTP_REFUSED:
            return;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct str input = {(const char *)data + 1, size - 1};
    struct buf whole BUF_SCOPE = BUF_INIT(1 << 20), cut BUF_SCOPE = BUF_INIT(1 << 20);
    struct http_request one, two;
    http_request_init(&one, 1 << 16);
    http_request_init(&two, 1 << 16);
    feed(&one, input, &whole);
    size_t step = 1 + data[0] % 16;
    for (size_t at = 0; at < input.len; at += step)
        feed(&two, str_slice(input, at, at + step), &cut);
    REQUIRE(str_eq(buf_str(&whole), buf_str(&cut)) && one.refusal == two.refusal);
    http_request_finish(&one);
    http_request_finish(&two);
    return 0;
}
