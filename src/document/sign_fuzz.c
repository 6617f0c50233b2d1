/* Whatever comes: each signature found in it is looked at and comes to an end. */
#include "document/sign.h"

enum { ARENA = 64 << 20 };

static void look_at(const struct xml *element, bool is_root)
{
    for (const struct xml *child = element->first; child != NULL; child = child->next) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct sign_seen seen;
        if (str_is_absent(child->name))
            continue;
        if (str_eq(child->name, STR("Signature"))) {
            enum status done = sign_check(arena, element, is_root, child, &seen);
            REQUIRE(done == OK || done == LIMIT);
        }
        look_at(child, false);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct xml *root;
    struct xml_fault fault;
    if (xml_read_exact(arena, (struct str){(const char *)data, size}, &root, &fault) == OK)
        look_at(root, true);
    return 0;
}
