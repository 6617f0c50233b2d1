/* A town whose documents can be asked: what the tests of the assistant begin with. */
#ifndef SERVICE_ASSISTANT_TEST_SHELF_H
#define SERVICE_ASSISTANT_TEST_SHELF_H

#include "core/test_town.h"
#include "service/assistant/example.h"
#include "service/assistant/refused.h"
#include "service/assistant/shelf.h"

static struct test_town test;

static inline int open_shelf(void **state)
{
    (void)state;
    test_town_open(&test);
    return 0;
}

static inline int close_shelf(void **state)
{
    (void)state;
    example_close(&test.town);
    shelf_close(&test.town);
    refused_close(&test.town);
    test_town_close(&test);
    return 0;
}

static inline struct document_text shelf_text(const char *title, const char *words)
{
    return (struct document_text){.document = {.collection = DOCUMENT_OWN,
                                               .key = str_of(title),
                                               .title = str_of(title),
                                               .authors = STR("Conseil municipal"),
                                               .publisher = STR("Beauval"),
                                               .licence = STR("acte-officiel"),
                                               .link = STR("https://beauval.example/texte"),
                                               .written = date_of(2026, 3, 12)},
                                  .words = str_of(words)};
}

static inline int64_t shelf_put(struct document_text text)
{
    enum document_change change;
    int64_t id = 0;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, document_put(&ctx, &text, &change, &id)), OK);
    return id;
}

/* Until nothing is left to be done. */
static inline void follow(void)
{
    enum status done = OK;
    for (int steps = 0; done == OK; steps++) {
        struct ctx ctx = test_ctx(&test);
        done = shelf_follow(&ctx);
        assert_true(steps < 10000);
    }
    assert_int_equal(done, NOT_FOUND);
}

#endif
