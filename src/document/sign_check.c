/* A signature is looked at: whether it is of this element, what it proves, and when it was made. */
#include "base/base64.h"
#include "document/canon.h"
#include "document/sign_crypto.h"

enum { REFERENCES_MAX = 8, CERTIFICATES_MAX = 8 };

#define EXCLUSIVE "http://www.w3.org/2001/10/xml-exc-c14n#"
#define ENVELOPED SIGN_SPACE "enveloped-signature"

struct check {
    struct arena *arena;
    const struct xml *element, *signature, *properties;
    struct sign_seen *seen;
    struct buf canon; /* of what is looked at just now */
    bool is_root;
    bool has_content, has_properties; /* a right reference to each was seen */
};

/* The first state that is not right stays. */
static void find(struct check *check, enum sign_state state, struct str about)
{
    if (check->seen->state != SIGN_RIGHT)
        return;
    check->seen->state = state;
    check->seen->about = str_copy(check->arena, str_slice(about, 0, SIGN_NAME_MAX));
}

static bool is_plain(const struct xml *method, const char *address)
{
    return str_eq(xml_attribute(method, "Algorithm"), str_of(address)) && xml_count(method) == 0;
}

/* What stands between the tags, as base64 says it: blanks in it say nothing. */
static enum status bytes_of(struct check *check, const struct xml *element, struct buf *out)
{
    struct str text = xml_text(check->arena, element);
    char *letters = arena_alloc(check->arena, text.len + 1);
    size_t count = 0;
    if (letters == NULL)
        return LIMIT;
    for (size_t i = 0; i < text.len; i++)
        if (str_find_byte(STR(" \t\r\n"), text.at[i]) == SIZE_MAX)
            letters[count++] = text.at[i];
    return base64_decode(out, (struct str){letters, count});
}

/* ---- references ---- */

/* Whether the transforms are those that are known: "e x" for the element (enveloped, exclusive), "x" for properties. */
static bool transforms_are(const struct xml *reference, const char *const *wanted, size_t count)
{
    const struct xml *all = xml_child(reference, "Transforms"), *one = xml_child(all, "Transform");
    if (xml_count(all) != count)
        return false;
    for (size_t i = 0; i < count; i++, one = xml_next(one, "Transform"))
        if (one == NULL || !is_plain(one, wanted[i]))
            return false;
    return true;
}

static enum status compare_digest(struct check *check, const struct xml *reference, const struct xml *of)
{
    struct buf wanted BUF_SCOPE = BUF_INIT(SIGN_DIGEST_MAX), got BUF_SCOPE = BUF_INIT(SIGN_DIGEST_MAX);
    struct str address = xml_attribute(xml_child(reference, "DigestMethod"), "Algorithm");
    const EVP_MD *digest = sign_digest_named(address);
    if (digest == NULL) {
        find(check, SIGN_UNKNOWN, address);
        return OK;
    }
    buf_clear(&check->canon);
    TRY(canon_write(&check->canon, of, of == check->element ? check->signature : NULL));
    sign_digest(&got, digest, buf_str(&check->canon));
    if (bytes_of(check, xml_child(reference, "DigestValue"), &wanted) != OK ||
        !str_eq(buf_str(&got), buf_str(&wanted)))
        find(check, of == check->element ? SIGN_BROKEN : SIGN_FORGED, STR(""));
    return OK;
}

static bool is_named(struct str uri, const struct xml *element)
{
    struct str id = element == NULL ? STR("") : xml_attribute(element, "Id");
    return id.len > 0 && uri.len > 1 && uri.at[0] == '#' && str_eq(str_after(uri, 1), id);
}

/* The element, or a part of the signature itself: nothing else of the document. "": the whole of it. */
static const struct xml *named(const struct check *check, struct str uri)
{
    const struct xml *key = xml_child(check->signature, "KeyInfo");
    bool is_whole = check->is_root && !str_is_absent(uri) && uri.len == 0;
    if (is_whole || is_named(uri, check->element))
        return check->element;
    return is_named(uri, check->properties) ? check->properties : is_named(uri, key) ? key : NULL;
}

static enum status check_reference(struct check *check, const struct xml *reference)
{
    static const char *const of_content[] = {ENVELOPED, EXCLUSIVE}, *const of_part[] = {EXCLUSIVE};
    struct str uri = xml_attribute(reference, "URI");
    const struct xml *of = named(check, uri);
    bool is_content = of == check->element;
    if (of == NULL)
        find(check, SIGN_OTHER, uri);
    else if (!transforms_are(reference, is_content ? of_content : of_part, is_content ? 2 : 1))
        find(check, SIGN_UNKNOWN, STR("Transforms"));
    else
        TRY(compare_digest(check, reference, of));
    if (check->seen->state == SIGN_RIGHT && is_content)
        check->has_content = true;
    if (check->seen->state == SIGN_RIGHT && of == check->properties)
        check->has_properties = true;
    return OK;
}

static enum status check_references(struct check *check, const struct xml *info)
{
    const struct xml *one = xml_child(info, "Reference");
    for (size_t count = 0; one != NULL; one = xml_next(one, "Reference"), count++) {
        if (count == REFERENCES_MAX)
            return LIMIT;
        TRY(check_reference(check, one));
    }
    if (!check->has_content)
        find(check, SIGN_OTHER, STR(""));
    if (!check->has_properties)
        find(check, SIGN_UNKNOWN, STR("SignedProperties"));
    return OK;
}

/* ---- the certificate ---- */

static bool is_the_one(struct check *check, struct str der, const struct xml *wanted)
{
    struct buf said BUF_SCOPE = BUF_INIT(SIGN_DIGEST_MAX), got BUF_SCOPE = BUF_INIT(SIGN_DIGEST_MAX);
    const EVP_MD *digest = sign_digest_named(xml_attribute(xml_child(wanted, "DigestMethod"), "Algorithm"));
    if (digest == NULL || bytes_of(check, xml_child(wanted, "DigestValue"), &said) != OK)
        return false;
    sign_digest(&got, digest, der);
    return str_eq(buf_str(&got), buf_str(&said));
}

/* Of those that come with the signature, that which its properties name. NULL: none. */
static enum status find_certificate(struct check *check, const struct xml *wanted, X509 **ret_certificate)
{
    const struct xml *data = xml_child(xml_child(check->signature, "KeyInfo"), "X509Data");
    const struct xml *one = xml_child(data, "X509Certificate");
    *ret_certificate = NULL;
    for (size_t count = 0; one != NULL && *ret_certificate == NULL; one = xml_next(one, "X509Certificate"), count++) {
        struct buf der BUF_SCOPE = BUF_INIT(SIGN_OUT_MAX);
        if (count == CERTIFICATES_MAX)
            return LIMIT;
        if (bytes_of(check, one, &der) == OK && is_the_one(check, buf_str(&der), wanted))
            *ret_certificate = sign_certificate_read(buf_str(&der));
    }
    return OK;
}

static void tell(struct check *check, X509 *certificate)
{
    struct buf name BUF_SCOPE = BUF_INIT(SIGN_OUT_MAX);
    sign_certificate_name(&name, X509_get_subject_name(certificate));
    check->seen->signer = str_copy(check->arena, buf_str(&name));
    sign_certificate_validity(certificate, &check->seen->valid_from, &check->seen->valid_until);
}

/* ---- the value ---- */

static enum status check_value(struct check *check, const struct xml *info, X509 *certificate)
{
    struct buf value BUF_SCOPE = BUF_INIT(SIGN_VALUE_MAX);
    struct str method = xml_attribute(xml_child(info, "SignatureMethod"), "Algorithm");
    const EVP_MD *digest = sign_method_named(method);
    if (!is_plain(xml_child(info, "CanonicalizationMethod"), EXCLUSIVE))
        find(check, SIGN_UNKNOWN, xml_attribute(xml_child(info, "CanonicalizationMethod"), "Algorithm"));
    if (digest == NULL)
        find(check, SIGN_UNKNOWN, method);
    if (digest == NULL || check->seen->state == SIGN_UNKNOWN)
        return OK;
    buf_clear(&check->canon);
    TRY(canon_write(&check->canon, info, NULL));
    if (bytes_of(check, xml_child(check->signature, "SignatureValue"), &value) != OK ||
        !sign_rsa_is_right(certificate, digest, buf_str(&check->canon), buf_str(&value)))
        find(check, SIGN_FORGED, STR(""));
    return OK;
}

static void check_time(struct check *check, const struct xml *said, X509 *certificate)
{
    struct str time = xml_text(check->arena, xml_child(said, "SigningTime"));
    if (instant_parse(time, &check->seen->signed_at) != OK)
        find(check, SIGN_UNKNOWN, STR("SigningTime"));
    else if (!sign_certificate_is_valid_at(certificate, check->seen->signed_at))
        find(check, SIGN_UNTIMELY, time);
}

static enum status look_at(struct check *check)
{
    X509 *certificate SIGN_CERTIFICATE_SCOPE = NULL;
    const struct xml *info = xml_child(check->signature, "SignedInfo");
    const struct xml *said = xml_child(check->properties, "SignedSignatureProperties");
    const struct xml *named = xml_child(xml_child(xml_child(said, "SigningCertificate"), "Cert"), "CertDigest");
    TRY(check_references(check, info));
    TRY(find_certificate(check, named, &certificate));
    if (certificate == NULL) {
        find(check, named == NULL ? SIGN_UNKNOWN : SIGN_FORGED, STR("SigningCertificate"));
        return OK;
    }
    tell(check, certificate);
    TRY(check_value(check, info, certificate));
    check_time(check, said, certificate);
    return OK;
}

enum status sign_check(struct arena *arena, const struct xml *element, bool is_root, const struct xml *signature,
                       struct sign_seen *ret_seen)
{
    const struct xml *object = xml_child(signature, "Object");
    struct check check = {.arena = arena, .element = element, .is_root = is_root, .signature = signature,
                          .seen = ret_seen,
                          .properties = xml_child(xml_child(object, "QualifyingProperties"), "SignedProperties")};
    *ret_seen = (struct sign_seen){.about = STR(""), .signer = STR("")};
    check.canon = BUF_INIT(2 * (size_t)XML_BYTES_MAX);
    enum status done = look_at(&check);
    buf_finish(&check.canon);
    if (done == INVALID) { /* too many namespaces for a canonical form */
        find(&check, SIGN_UNKNOWN, STR("xmlns"));
        return OK;
    }
    return done;
}
