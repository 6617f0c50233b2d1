#include "service/games/cut.h"

#include "base/utf8.h"
#include "language/model/gguf.h"
#include "language/model/shipped.h"

/* The file writes a blank as this mark, as SentencePiece does; only the first character of a piece is one. */
static const struct str mark = STR_INIT("\u2581");

enum status cut_open(struct ctx *ctx, struct pieces *ret_pieces)
{
    struct shipped_model shipped;
    struct gguf gguf;
    struct str *texts;
    size_t count;
    TRY(shipped_model(STR("petit"), &shipped));
    TRY(gguf_read(ctx->arena, shipped.file, &gguf));
    TRY(gguf_texts(ctx->arena, &gguf, "tokenizer.ggml.tokens", &texts, &count));
    for (size_t i = 0; i < count; i++)
        if (str_starts(texts[i], mark))
            texts[i] = str_format(ctx->arena, " %.*s", STR_ARG(str_after(texts[i], mark.len)));
    return pieces_of_list(ctx->arena, texts, count, ret_pieces);
}

enum status cut_text(const struct pieces *pieces, struct str text, struct cut_piece cut[CUT_TEXT_MAX],
                     size_t *ret_count)
{
    uint16_t tokens[CUT_TEXT_MAX];
    size_t count;
    if (text.len > CUT_TEXT_MAX)
        return LIMIT;
    TRY(pieces_cut(pieces, text, tokens, CUT_TEXT_MAX, &count));
    for (size_t i = 0; i < count; i++) {
        struct str from = text;
        if (tokens[i] == PIECES_UNKNOWN)
            utf8_next(&text);
        else
            text = str_after(text, pieces_text(pieces, tokens[i]).len);
        cut[i] = (struct cut_piece){.text = str_slice(from, 0, from.len - text.len), .number = tokens[i]};
    }
    *ret_count = count;
    return OK;
}

int64_t cut_letters(struct str text, int64_t counts[CUT_LETTERS])
{
    struct buf folded BUF_SCOPE = BUF_INIT(4 * CUT_TEXT_MAX);
    int64_t all = 0;
    utf8_fold(&folded, text);
    memset(counts, 0, CUT_LETTERS * sizeof *counts);
    for (size_t i = 0; i < folded.len; i++)
        if (ascii_is_alpha(folded.at[i])) {
            counts[folded.at[i] - 'a']++;
            all++;
        }
    return all;
}
