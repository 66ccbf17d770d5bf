package io.metastore.server.grpc.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.google.protobuf.ByteString;
import etcdserverpb.Compare;
import etcdserverpb.HashResponse;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.Member;
import etcdserverpb.RangeRequest;
import etcdserverpb.ResponseHeader;
import etcdserverpb.StatusResponse;
import etcdserverpb.TxnRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused, and in which words, was recorded from the real etcd 3.7.1 (json-errors.tsv: hand-made
/// ones, and random changes of right ones).
class JsonTest {
    @Test
    void aWrongRequestIsRefusedInTheWordsOfGo() throws IOException {
        var lines = recorded("json-errors.tsv");
        assertThat(lines).hasSizeGreaterThan(800);

        assertAll(lines.stream().map(line -> line.split("\t", 2)).map(cells -> () -> {
            var body = cells[0].translateEscapes();
            var error = catchThrowableOfType(JsonException.class, () -> read(body));
            assertThat(error).as(body).isNotNull();
            assertThat(error.text().replace('\u00a0', ' ')).as(body).isEqualTo(cells[1]);
        }));
    }

    @Test
    void whatEtcdTakesIsTaken() throws IOException {
        var lines = recorded("json-accepted.txt");
        assertThat(lines).hasSizeGreaterThan(200);

        assertAll(lines.stream()
                .map(line -> () -> assertThat(read(line.translateEscapes())).isNotNull()));
    }

    private static List<String> recorded(String file) throws IOException {
        try (var in = Objects.requireNonNull(JsonTest.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"limit\":7}",
                "{\"limit\":\"7\"}",
                "{\"limit\":7.0}",
                "{\"limit\":70e-1}",
                "{\"limit\":\"0.7e1\"}",
                " {\n\"limit\"\t:\r7 } ",
                "{\"limit\":7} and more",
                "{\"zzz\":{\"a\":[1,{}]},\"limit\":7}",
                "{\"key\":null,\"limit\":7}",
                "{\"sort_order\":\"UNHEARD\",\"limit\":7}",
                "{\"li\\u006dit\":7}",
            })
    void aNumberHasManyForms(String body) throws JsonException {
        assertThat(read(body)).isEqualTo(RangeRequest.newBuilder().setLimit(7).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/+8=", "_-8=", "/+8", "_-8", "\\/+8", "/+8=\\n\\n\\n\\n"})
    void bytesAreBase64OfEitherKind(String text) throws JsonException {
        assertThat(read("{\"key\":\"" + text + "\"}").getKey())
                .isEqualTo(ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xef}));
    }

    @Test
    void fieldsGoByBothTheirNames() throws JsonException {
        var expected =
                RangeRequest.newBuilder().setKeysOnly(true).setMinModRevision(3).build();

        assertThat(read("{\"keys_only\":true,\"min_mod_revision\":\"3\"}")).isEqualTo(expected);
        assertThat(read("{\"keysOnly\":true,\"minModRevision\":\"3\"}")).isEqualTo(expected);
    }

    @Test
    void enumsGoByNameAndByNumber() throws JsonException {
        assertThat(read("{\"sort_order\":\"DESCEND\"}").getSortOrder()).isEqualTo(RangeRequest.SortOrder.DESCEND);
        assertThat(read("{\"sort_order\":2}").getSortOrder()).isEqualTo(RangeRequest.SortOrder.DESCEND);
        assertThat(read("{\"sort_order\":77}").getSortOrderValue()).isEqualTo(77);
    }

    @Test
    void theSmallestAndTheLargestNumbersFit() throws JsonException {
        assertThat(read("{\"limit\":\"-9223372036854775808\"}").getLimit()).isEqualTo(Long.MIN_VALUE);
        assertThat(read("{\"limit\":9223372036854775807}").getLimit()).isEqualTo(Long.MAX_VALUE);
        var unsigned = new Json(bytes("{\"cluster_id\":\"18446744073709551615\"}"))
                .next(ResponseHeader.getDefaultInstance())
                .orElseThrow();
        assertThat(unsigned.getClusterId()).isEqualTo(-1);
    }

    @Test
    void severalValuesAreReadOneAfterTheOther() throws JsonException {
        var json = new Json(bytes(" {\"ID\":1}{\"ID\":\"2\"}\n[] "));
        var prototype = LeaseGrantRequest.getDefaultInstance();

        assertThat(json.next(prototype).orElseThrow().getID()).isEqualTo(1);
        assertThat(json.next(prototype).orElseThrow().getID()).isEqualTo(2);
        assertThat(catchThrowableOfType(JsonException.class, () -> json.next(prototype)))
                .isNotNull();
        assertThat(new Json(bytes(" \n")).next(prototype)).isEmpty();
    }

    @Test
    void deepNestingIsRefusedAndExhaustsNothing() {
        assertThat(refusal("{\"zzz\":" + "[".repeat(100_000))).isEqualTo("exceeded max depth");
        assertThat(refusal("[".repeat(1_000_000))).isEqualTo("exceeded max depth");
        var nested = "{\"success\":[{\"request_txn\":".repeat(2000) + "{}" + "}]}".repeat(2000);
        var error = catchThrowableOfType(
                JsonException.class, () -> new Json(bytes(nested)).next(TxnRequest.getDefaultInstance()));
        assertThat(error.text().replace('\u00a0', ' ')).isEqualTo("proto: exceeded max recursion depth");
    }

    @Test
    void manyEscapesAreReadInOneGo() throws JsonException {
        var pairs = "\\ud83d\\ude00".repeat(100_000);
        var member = new Json(bytes("{\"name\":\"" + pairs + "\"}"))
                .next(Member.getDefaultInstance())
                .orElseThrow();

        assertThat(member.getName()).isEqualTo("\ud83d\ude00".repeat(100_000));
    }

    @Test
    void hugeExponentsCostNothing() {
        assertThat(refusal("{\"limit\":1e999999999}")).contains("invalid value for int64 field limit");
        assertThat(refusal("{\"limit\":" + "9".repeat(500_000) + "}")).contains("invalid value for int64 field limit");
    }

    @Test
    void answersLeaveOutWhatHasItsInitialValue() {
        var status = StatusResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setClusterId(-1).setRevision(2))
                .setDbSize(5)
                .addErrors("a \"b\" <c>\u0001")
                .setIsLearner(true);

        assertThat(new String(JsonWriter.whole(status.build()), StandardCharsets.UTF_8))
                .isEqualTo("{\"header\":{\"cluster_id\":\"18446744073709551615\", \"revision\":\"2\"}, "
                        + "\"dbSize\":\"5\", \"errors\":[\"a \\\"b\\\" <c>\\u0001\"], \"isLearner\":true}");
    }

    @Test
    void aLineOfAStreamHasNoSpacesAndNothingThatHtmlKnows() {
        var status = StatusResponse.newBuilder().setDbSize(5).addErrors("<&>\u2028");

        assertThat(new String(JsonWriter.line(status.build()), StandardCharsets.UTF_8))
                .isEqualTo("{\"result\":{\"dbSize\":\"5\",\"errors\":[\"\\u003c\\u0026\\u003e\\u2028\"]}}\n");
    }

    @Test
    void numbersOf32BitsAndEnumsAreWrittenPlainly() {
        assertThat(new String(
                        JsonWriter.whole(HashResponse.newBuilder().setHash(-1).build()), StandardCharsets.UTF_8))
                .isEqualTo("{\"hash\":4294967295}");
        var compare = Compare.newBuilder()
                .setResultValue(9)
                .setTarget(Compare.CompareTarget.MOD)
                .setModRevision(0);
        assertThat(new String(JsonWriter.whole(compare.build()), StandardCharsets.UTF_8))
                .isEqualTo("{\"result\":9, \"target\":\"MOD\", \"mod_revision\":\"0\"}");
    }

    @Test
    void errorsAreWrittenWithAndWithoutWords() {
        assertThat(List.of(JsonWriter.error(5, "Not \"Found\""), JsonWriter.error(2, ""), JsonWriter.errorLine(1, "x")))
                .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .containsExactly(
                        "{\"code\":5, \"message\":\"Not \\\"Found\\\"\"}",
                        "{\"code\":2}",
                        "{\"error\":{\"code\":1,\"message\":\"x\"}}\n");
    }

    private static String refusal(String body) {
        return catchThrowableOfType(JsonException.class, () -> read(body)).text();
    }

    private static RangeRequest read(String body) throws JsonException {
        return new Json(bytes(body)).next(RangeRequest.getDefaultInstance()).orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
