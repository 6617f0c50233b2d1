/* Forms of both kinds: text is text, file names are safe, limits hold. */
#include "base/utf8.h"
#include "proto/http/http_form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct str text)
{
    REQUIRE(utf8_is_valid(text) && str_find_byte(text, '\0') == SIZE_MAX);
}

static void check(struct http_fields fields)
{
    REQUIRE(fields.count <= HTTP_FIELD_COUNT_MAX);
    for (size_t i = 0; i < fields.count; i++) {
        struct http_field field = fields.at[i];
        check_text(field.name);
        if (str_is_absent(field.file_name)) {
            check_text(field.value);
            continue;
        }
        check_text(field.file_name);
        REQUIRE(field.file_name.len > 0 && field.file_name.len <= HTTP_FILE_NAME_MAX);
        REQUIRE(str_find_byte(field.file_name, '/') == SIZE_MAX && field.file_name.at[0] != '.');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct str input = {(const char *)data + 1, size - 1};
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct http_fields fields;
    enum status status;
    if (data[0] % 3 == 0) {
        status = http_form_urlencoded(arena, input, &fields);
    } else if (data[0] % 3 == 1) {
        status = http_form_body(arena, STR("multipart/form-data; boundary=a"), input, &fields);
    } else {
        struct str rest = input, type = str_cut(&rest, '\n');
        status = http_form_body(arena, type, rest, &fields);
    }
    if (status == OK)
        check(fields);
    return 0;
}
