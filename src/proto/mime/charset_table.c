#include "proto/mime/charset_table.h"

/* One string per character set: the characters of its bytes from 0x80 (or 0xA0) on, in order, as the
 * mappings at unicode.org/Public/MAPPINGS list them. U+FFFD stands for a byte that means nothing. Letters
 * written from right to left are spelled as numbers, so that this file reads the same everywhere. */
static const char16_t iso8859_2[] =
    u"\u00A0Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u00ADŽŻ°ą˛ł´ľś\u02C7¸šşťź˝žżŔÁÂĂÄĹĆÇ"
    u"ČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôő"
    u"ö÷řůúűüýţ˙";

static const char16_t iso8859_3[] =
    u"\u00A0Ħ˘£¤\uFFFDĤ§¨İŞĞĴ\u00AD\uFFFDŻ°ħ²³´µĥ·¸ışğĵ½\uFFFDżÀÁÂ"
    u"\uFFFDÄĊĈÇÈÉÊËÌÍÎÏ\uFFFDÑÒÓÔĠÖ×ĜÙÚÛÜŬŜßàáâ\uFFFDäċĉçèéê"
    u"ëìíîï\uFFFDñòóôġö÷ĝùúûüŭŝ˙";

static const char16_t iso8859_4[] =
    u"\u00A0ĄĸŖ¤ĨĻ§¨ŠĒĢŦ\u00ADŽ¯°ą˛ŗ´ĩļ\u02C7¸šēģŧŊžŋĀÁÂÃÄÅÆĮ"
    u"ČÉĘËĖÍÎĪĐŅŌĶÔÕÖ×ØŲÚÛÜŨŪßāáâãäåæįčéęëėíîīđņōķôõ"
    u"ö÷øųúûüũū˙";

static const char16_t iso8859_5[] =
    u"\u00A0ЁЂЃЄЅІЇЈЉЊЋЌ\u00ADЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩ"
    u"ЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя№ёђѓєѕі"
    u"їјљњћќ§ўџ";

static const char16_t iso8859_6[] =
    u"\u00A0\uFFFD\uFFFD\uFFFD¤\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD،\u00AD\uFFFD\uFFFD"
    u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u061B\uFFFD\uFFFD\uFFFD"
    u"\u061F\uFFFD\u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062A\u062B\u062C\u062D"
    u"\u062E\u062F\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063A\uFFFD\uFFFD"
    u"\uFFFD\uFFFD\uFFFD\u0640\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064A\u064B"
    u"\u064C\u064D\u064E\u064F\u0650\u0651\u0652\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD";

static const char16_t iso8859_7[] =
    u"\u00A0‘’£€₯¦§¨©\u037A«¬\u00AD\uFFFD―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒ"
    u"ΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\uFFFDΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξ"
    u"οπρςστυφχψωϊϋόύώ\uFFFD";

static const char16_t iso8859_8[] =
    u"\u00A0\uFFFD¢£¤¥¦§¨©×«¬\u00AD®¯°±²³´µ¶·¸¹÷»¼½¾\uFFFD\uFFFD\uFFFD"
    u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‗"
    u"\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7\u05D8\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE"
    u"\u05DF\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7\u05E8\u05E9\u05EA\uFFFD\uFFFD\u200E"
    u"\u200F\uFFFD";

static const char16_t iso8859_10[] =
    u"\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČ"
    u"ÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõö"
    u"ũøųúûüýþĸ";

static const char16_t iso8859_13[] =
    u"\u00A0”¢£¤„¦§Ø©Ŗ«¬\u00AD®Æ°±²³“µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒ"
    u"ČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõ"
    u"ö÷ųłśūüżž’";

static const char16_t iso8859_14[] =
    u"\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡ"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëì"
    u"íîïŵñòóôõöṫøùúûüýŷÿ";

static const char16_t iso8859_15[] =
    u"\u00A0¡¢£€¥Š§š©ª«¬\u00AD®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈ"
    u"ÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö"
    u"÷øùúûüýþÿ";

static const char16_t iso8859_16[] =
    u"\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇ"
    u"ÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôő"
    u"öśűùúûüęțÿ";

static const char16_t windows_1250[] =
    u"€\uFFFD‚\uFFFD„…†‡\uFFFD‰Š‹ŚŤŽŹ\uFFFD‘’“”•–—\uFFFD™š"
    u"›śťžź\u00A0\u02C7˘Ł¤Ą¦§¨©Ş«¬\u00AD®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁ"
    u"ÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîď"
    u"đńňóôőö÷řůúűüýţ˙";

static const char16_t windows_1251[] =
    u"ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\uFFFD™љ›њќћџ\u00A0"
    u"ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛ"
    u"МНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщ"
    u"ъыьэюя";

static const char16_t windows_1252[] =
    u"€\uFFFD‚ƒ„…†‡\u02C6‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š"
    u"›œ\uFFFDžŸ\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁ"
    u"ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîï"
    u"ðñòóôõö÷øùúûüýþÿ";

static const char16_t windows_1253[] =
    u"€\uFFFD‚ƒ„…†‡\uFFFD‰\uFFFD‹\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–"
    u"—\uFFFD™\uFFFD›\uFFFD\uFFFD\uFFFD\uFFFD\u00A0΅Ά£¤¥¦§¨©\uFFFD«¬\u00AD®―°"
    u"±²³΄µ¶·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\uFFFDΣΤΥΦΧΨΩΪΫά"
    u"έήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\uFFFD";

static const char16_t windows_1254[] =
    u"€\uFFFD‚ƒ„…†‡\u02C6‰Š‹Œ\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–—˜™"
    u"š›œ\uFFFD\uFFFDŸ\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾"
    u"¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëì"
    u"íîïğñòóôõö÷øùúûüışÿ";

static const char16_t windows_1255[] =
    u"€\uFFFD‚ƒ„…†‡\u02C6‰\uFFFD‹\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–"
    u"—˜™\uFFFD›\uFFFD\uFFFD\uFFFD\uFFFD\u00A0¡¢£₪¥¦§¨©×«¬\u00AD®¯°±²³´"
    u"µ¶·¸¹÷»¼½¾¿\u05B0\u05B1\u05B2\u05B3\u05B4\u05B5\u05B6\u05B7\u05B8\u05B9\uFFFD"
    u"\u05BB\u05BC\u05BD\u05BE\u05BF\u05C0\u05C1\u05C2\u05C3\u05F0\u05F1\u05F2\u05F3\u05F4\uFFFD"
    u"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7\u05D8"
    u"\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7"
    u"\u05E8\u05E9\u05EA\uFFFD\uFFFD\u200E\u200F\uFFFD";

static const char16_t windows_1256[] =
    u"€\u067E‚ƒ„…†‡\u02C6‰\u0679‹Œ\u0686\u0698\u0688\u06AF‘’“”•–—"
    u"\u06A9™\u0691›œ\u200C\u200D\u06BA\u00A0،¢£¤¥¦§¨©\u06BE«¬\u00AD®¯°±²³´"
    u"µ¶·¸¹\u061B»¼½¾\u061F\u06C1\u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628\u0629"
    u"\u062A\u062B\u062C\u062D\u062E\u062F\u0630\u0631\u0632\u0633\u0634\u0635\u0636×\u0637\u0638"
    u"\u0639\u063A\u0640\u0641\u0642\u0643à\u0644â\u0645\u0646\u0647\u0648çèéêë\u0649\u064A"
    u"îï\u064B\u064C\u064D\u064Eô\u064F\u0650÷\u0651ù\u0652ûü\u200E\u200F\u06D2";

static const char16_t windows_1257[] =
    u"€\uFFFD‚\uFFFD„…†‡\uFFFD‰\uFFFD‹\uFFFD¨\u02C7¸\uFFFD‘’“”•–—"
    u"\uFFFD™\uFFFD›\uFFFD¯˛\uFFFD\u00A0\uFFFD¢£¤\uFFFD¦§Ø©Ŗ«¬\u00AD®Æ°±²³´"
    u"µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįā"
    u"ćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙";

static const char16_t windows_1258[] =
    u"€\uFFFD‚ƒ„…†‡\u02C6‰\uFFFD‹Œ\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–—"
    u"˜™\uFFFD›œ\uFFFD\uFFFDŸ\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º"
    u"»¼½¾¿ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ßàáâ"
    u"ăäåæçèéêë\u0301íîïđñ\u0323óôơö÷øùúûüư₫ÿ";

static const char16_t windows_874[] =
    u"€\uFFFD\uFFFD\uFFFD\uFFFD…\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\uFFFD‘’“”•–—\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u00A0กขฃ"
    u"คฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภม"
    u"ยรฤลฦวศษสหฬอฮฯะ\u0E31าำ\u0E34\u0E35\u0E36\u0E37\u0E38"
    u"\u0E39\u0E3A\uFFFD\uFFFD\uFFFD\uFFFD฿เแโใไๅ\u0E46\u0E47\u0E48\u0E49\u0E4A"
    u"\u0E4B\u0E4C\u0E4D\u0E4E๏๐๑๒๓๔๕๖๗๘๙๚๛\uFFFD\uFFFD\uFFFD\uFFFD";

static const char16_t koi8_r[] =
    u"─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u00A0⌡°²"
    u"·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫"
    u"╬©юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙ"
    u"КЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";

static const char16_t koi8_u[] =
    u"─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u00A0⌡°²"
    u"·÷═║╒ёє╔ії╗╘╙╚╛ґ╝╞╟╠╡ЁЄ╣ІЇ╦╧╨╩╪Ґ╬©ю"
    u"абцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМН"
    u"ОПЯРСТУЖВЬЫЗШЭЩЧЪ";

static const char16_t ibm_437[] =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼"
    u"¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦"
    u"╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε"
    u"∩≡±≥≤⌠⌡÷≈°∙·√\u207F²■\u00A0";

static const char16_t ibm_850[] =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡"
    u"«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤"
    u"ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°"
    u"¨·¹³²■\u00A0";

static const char16_t ibm_858[] =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡"
    u"«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤"
    u"ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸"
    u"°¨·¹³²■\u00A0";

static const char16_t macintosh[] =
    u"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´"
    u"¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–"
    u"—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙ"
    u"ı\u02C6˜¯˘˙˚¸˝˛\u02C7";

static const struct {
    struct str name;
    const char16_t *points;
    uint8_t from;
} tables[] = {
    {STR_INIT("iso88592"), iso8859_2, 0xA0},
    {STR_INIT("iso88593"), iso8859_3, 0xA0},
    {STR_INIT("iso88594"), iso8859_4, 0xA0},
    {STR_INIT("iso88595"), iso8859_5, 0xA0},
    {STR_INIT("iso88596"), iso8859_6, 0xA0},
    {STR_INIT("iso88597"), iso8859_7, 0xA0},
    {STR_INIT("iso88598"), iso8859_8, 0xA0},
    {STR_INIT("iso885910"), iso8859_10, 0xA0},
    {STR_INIT("iso885913"), iso8859_13, 0xA0},
    {STR_INIT("iso885914"), iso8859_14, 0xA0},
    {STR_INIT("iso885915"), iso8859_15, 0xA0},
    {STR_INIT("iso885916"), iso8859_16, 0xA0},
    {STR_INIT("windows1250"), windows_1250, 0x80},
    {STR_INIT("windows1251"), windows_1251, 0x80},
    {STR_INIT("windows1252"), windows_1252, 0x80},
    {STR_INIT("windows1253"), windows_1253, 0x80},
    {STR_INIT("windows1254"), windows_1254, 0x80},
    {STR_INIT("windows1255"), windows_1255, 0x80},
    {STR_INIT("windows1256"), windows_1256, 0x80},
    {STR_INIT("windows1257"), windows_1257, 0x80},
    {STR_INIT("windows1258"), windows_1258, 0x80},
    {STR_INIT("windows874"), windows_874, 0x80},
    {STR_INIT("koi8r"), koi8_r, 0x80},
    {STR_INIT("koi8u"), koi8_u, 0x80},
    {STR_INIT("ibm437"), ibm_437, 0x80},
    {STR_INIT("ibm850"), ibm_850, 0x80},
    {STR_INIT("ibm858"), ibm_858, 0x80},
    {STR_INIT("macintosh"), macintosh, 0x80},
};

struct charset_table charset_table_find(struct str name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (str_eq(name, tables[i].name))
            return (struct charset_table){tables[i].points, tables[i].from};
    return (struct charset_table){NULL, 0};
}

uint32_t charset_table_point(struct charset_table table, uint8_t byte)
{
    return byte < table.from ? byte : table.points[byte - table.from];
}
