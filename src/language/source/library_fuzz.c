#include "language/source/library_image.h"
#include "language/source/quote.h"
#include "language/stem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void make_image(struct buf *image)
{
    struct str text = STR("# Carte\nLa carte est gratuite.\n- une photo\n- un timbre de 25 €\n"
                          "# Passeport\nIl coûte 86 €.");
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct library_builder *builder = library_builder_create();
    for (int i = 0; i < 3; i++) {
        struct source source = {.id = STR("x"), .title = STR("Carte et passeport"), .theme = STR("Papiers")};
        REQUIRE(source_of_text(arena, text, &source) == OK && library_builder_add(builder, &source) == OK);
    }
    REQUIRE(library_builder_end(builder, image) == OK);
    library_builder_destroy(builder);
}

/* Bytes of an image changed, and its sum made right again: opened, it must be safe to read. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(32 << 20);
    struct buf image BUF_SCOPE = BUF_INIT(1 << 20);
    struct library library;
    struct library_head head;
    make_image(&image);
    for (size_t i = 0; i + 3 <= size && i < 60; i += 3)
        image.at[(data[i] << 8 | data[i + 1]) % image.len] = (char)data[i + 2];
    memcpy(&head, image.at, sizeof head);
    head.sum = library_image_sum(head, buf_str(&image));
    memcpy(image.at, &head, sizeof head);
    if (library_open(buf_str(&image), &library) != OK)
        return 0;
    struct stemmer *stemmer = stemmer_create();
    struct question question;
    struct search search = {&library, &search_defaults, LIBRARY_NONE};
    struct search_result results[3];
    struct quote quotes[QUOTES_MAX];
    size_t count, quote_count;
    REQUIRE(question_read(arena, &library, stemmer, STR("prix du passeport, photo de carte"), &question) == OK);
    REQUIRE(search_run(arena, &search, &question, results, 3, &count) == OK);
    for (size_t i = 0; i < count; i++)
        REQUIRE(quote_find(arena, &library, &question, results[i].source, quotes, &quote_count) == OK);
    stemmer_destroy(stemmer);
    return 0;
}
