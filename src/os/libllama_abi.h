/* What of libllama's LIBLLAMA_COMMIT is passed by value, as its headers lay it out, which no build of parvis needs.
 *
 * bench/language/llama.c, which has the headers, proves the sizes and offsets. Another one may lay them out
 * otherwise, so that no other is spoken to (os/libllama.c). Enumerations of theirs are ints here. */
#ifndef OS_LIBLLAMA_ABI_H
#define OS_LIBLLAMA_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What the library says of itself: of npm's @node-llama-cpp/linux-x64 3.22.1. "-dev" names many states of the source;
 * the commit, one. */
#define LIBLLAMA_VERSION "0.5.0-dev"
#define LIBLLAMA_COMMIT "0ad4a86"

enum {
    LIBLLAMA_LOG_ERROR = 4,     /* GGML_LOG_LEVEL_ERROR */
    LIBLLAMA_LOAD_NONE = 0,     /* LLAMA_LOAD_MODE_NONE: read, not mapped */
    LIBLLAMA_FLASH_NEVER = 0,   /* LLAMA_FLASH_ATTN_TYPE_DISABLED */
    LIBLLAMA_TYPE_F32 = 0,      /* GGML_TYPE_F32 */
    LIBLLAMA_FILE_ALL_F32 = 0,  /* LLAMA_FTYPE_ALL_F32 */
};

struct libllama_model_params {
    void *devices;
    const void *tensor_buft_overrides;
    int32_t n_gpu_layers;
    int split_mode, load_mode, lazy_mode;
    int32_t main_gpu;
    const float *tensor_split;
    bool (*progress_callback)(float, void *);
    void *progress_callback_user_data;
    const void *kv_overrides;
    bool vocab_only, check_tensors, use_extra_bufts, no_host, no_alloc, load_mtp;
};

struct libllama_context_params {
    uint32_t n_ctx, n_batch, n_ubatch, n_seq_max, n_rs_seq, n_outputs_max, n_outputs_max_per_seq;
    int32_t n_threads, n_threads_batch;
    int ctx_type, rope_scaling_type, pooling_type, attention_type, flash_attn_type;
    float rope_freq_base, rope_freq_scale, yarn_ext_factor, yarn_attn_factor, yarn_beta_fast, yarn_beta_slow;
    uint32_t yarn_orig_ctx;
    float defrag_thold;
    void *cb_eval, *cb_eval_user_data;
    int type_k, type_v;
    bool (*abort_callback)(void *);
    void *abort_callback_data;
    bool embeddings, offload_kqv, no_perf, op_offload, swa_full, kv_unified;
    void *samplers;
    size_t n_samplers;
    void *ctx_other;
};

struct libllama_batch {
    int32_t n_tokens;
    int32_t *token;
    float *embd;
    int32_t *pos, *n_seq_id, **seq_id;
    int8_t *logits;
};

struct libllama_message {
    const char *role, *content;
};

/* Each function used: what it gives, its name without "llama_", what it takes. */
#define LIBLLAMA_CALLS(call)                                                                                           \
    call(void, log_set, (void (*)(int, const char *, void *), void *))                                                 \
    call(void, backend_init, (void))                                                                                   \
    call(struct libllama_model_params, model_default_params, (void))                                                   \
    call(struct libllama_context_params, context_default_params, (void))                                               \
    call(void *, model_load_from_file_ptr, (FILE *, struct libllama_model_params))                                     \
    call(void, model_free, (void *))                                                                                   \
    call(void *, init_from_model, (void *, struct libllama_context_params))                                            \
    call(void, free, (void *))                                                                                         \
    call(uint32_t, n_ctx, (const void *))                                                                              \
    call(int32_t, model_n_ctx_train, (const void *))                                                                   \
    call(int, model_ftype, (const void *))                                                                             \
    call(bool, model_has_encoder, (const void *))                                                                      \
    call(bool, model_has_decoder, (const void *))                                                                      \
    call(const char *, model_chat_template, (const void *, const char *))                                              \
    call(int32_t, chat_apply_template,                                                                                 \
         (const char *, const struct libllama_message *, size_t, bool, char *, int32_t))                               \
    call(const void *, model_get_vocab, (const void *))                                                                \
    call(int32_t, vocab_n_tokens, (const void *))                                                                      \
    call(bool, vocab_is_eog, (const void *, int32_t))                                                                  \
    call(int32_t, tokenize, (const void *, const char *, int32_t, int32_t *, int32_t, bool, bool))                     \
    call(int32_t, token_to_piece, (const void *, int32_t, char *, int32_t, int32_t, bool))                             \
    call(void *, get_memory, (const void *))                                                                           \
    call(void, memory_clear, (void *, bool))                                                                           \
    call(struct libllama_batch, batch_get_one, (int32_t *, int32_t))                                                   \
    call(int32_t, decode, (void *, struct libllama_batch))                                                             \
    call(float *, get_logits_ith, (void *, int32_t))

#endif
