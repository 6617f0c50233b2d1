/* Documents keep to a schema or are told why not; nothing is read beside them, and nothing from a network. */
#include "os/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

enum { SAID_MAX = 1 << 16, PATH_ROOM = 100 };

static char folder[] = "/tmp/parvis_schema_XXXXXX";

#define XSD(inside) "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">" inside "</xs:schema>"
#define SMALL XSD("<xs:element name=\"a\"><xs:complexType><xs:attribute name=\"V\" type=\"xs:int\" use=\"required\"/>" \
                  "</xs:complexType></xs:element>")

static const char *put(const char *name, const char *bytes)
{
    static char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"small.xsd", "part.xsd", "whole.xsd", "away.xsd", "secret.txt"};
    char path[PATH_ROOM];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

/* Skipped, with the reason, where libxml2 is not there. */
static struct schema *opened(const char *path)
{
    struct buf said BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct schema *schema = NULL;
    enum status done = schema_open(path, &schema, &said);
    if (done == NOT_FOUND) {
        print_message("SKIP libxml2 is not there\n");
        skip();
    }
    if (done != OK)
        fail_msg("%.*s", STR_ARG(buf_str(&said)));
    return schema;
}

static void keep(void *with, int64_t line, struct str what)
{
    buf_add_format(with, "%d: %.*s\n", (int)line, STR_ARG(what));
}

static enum status ask(struct schema *schema, const char *bytes, struct buf *said)
{
    buf_clear(said);
    return schema_check(schema, str_of(bytes), keep, said);
}

static void documents_keep_to_it_or_are_told(void **state)
{
    struct buf said BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct schema *schema SCHEMA_SCOPE = opened(put("small.xsd", SMALL));
    (void)state;
    assert_int_equal(ask(schema, "<a V=\"1\"/>", &said), OK);
    assert_int_equal(said.len, 0);
    assert_int_equal(ask(schema, "<a V=\"x\"/>", &said), INVALID);
    assert_true(str_find(buf_str(&said), STR("1: Element 'a', attribute 'V': 'x' is not a valid value")) == 0);
    assert_int_equal(ask(schema, "\n<a><b/></a>", &said), INVALID);
    assert_true(str_find(buf_str(&said), STR("2: Element 'a': The attribute 'V' is required")) != SIZE_MAX);
    assert_int_equal(ask(schema, "<a V=\"1\"", &said), INVALID);
    assert_true(said.len > 0);
}

static void no_entity_is_read(void **state)
{
    struct buf said BUF_SCOPE = BUF_INIT(SAID_MAX), bytes BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct schema *schema SCHEMA_SCOPE = opened(put("small.xsd", SMALL));
    (void)state;
    buf_add_format(&bytes, "<!DOCTYPE a [<!ENTITY e SYSTEM \"%s\">]><a V=\"1\">&e;</a>%c",
                   put("secret.txt", "secret"), 0);
    assert_int_equal(ask(schema, bytes.at, &said), INVALID);
    assert_true(str_find(buf_str(&said), STR("secret\n")) == SIZE_MAX);
    assert_int_equal(ask(schema, "<!DOCTYPE a><a V=\"1\"/>", &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("1: DOCTYPE\n")));
}

static void parts_are_included_and_the_network_is_not_asked(void **state)
{
    struct buf said BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct schema *away = NULL;
    char path[PATH_ROOM];
    (void)state;
    put("part.xsd", SMALL);
    struct schema *schema SCHEMA_SCOPE = opened(put("whole.xsd", XSD("<xs:include schemaLocation=\"part.xsd\"/>")));
    assert_int_equal(ask(schema, "<a V=\"1\"/>", &said), OK);
    buf_clear(&said);
    put("away.xsd", XSD("<xs:include schemaLocation=\"http://127.0.0.1:1/part.xsd\"/>"));
    snprintf(path, sizeof path, "%s/away.xsd", folder);
    assert_int_equal(schema_open(path, &away, &said), INVALID);
    assert_true(said.len > 0);
    buf_clear(&said);
    assert_int_equal(schema_open(put("away.xsd", "<a/>"), &away, &said), INVALID);
    assert_true(said.len > 0);
    assert_int_equal(schema_open("/nowhere/none.xsd", &away, &said), INVALID);
    assert_null(away);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_keep_to_it_or_are_told),
        cmocka_unit_test(no_entity_is_read),
        cmocka_unit_test(parts_are_included_and_the_network_is_not_asked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
