#include "document/xml.h"

/* What was read is written and read again as the same. */
static void go_round(const struct xml *root)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(XML_BYTES_MAX), where BUF_SCOPE = BUF_INIT(4096);
    struct xml *again;
    struct xml_fault fault;
    xml_write(&out, root, XML_ISO_8859_1);
    if (buf_status(&out) != OK)
        return;
    REQUIRE(xml_read(arena, buf_str(&out), &again, &fault) == OK);
    REQUIRE(xml_same(root, again, &where));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct xml *root;
    struct xml_fault fault;
    if (xml_read(arena, (struct str){(const char *)data, size}, &root, &fault) == OK)
        go_round(root);
    return 0;
}
