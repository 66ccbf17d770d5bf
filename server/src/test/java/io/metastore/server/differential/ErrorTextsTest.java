package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every error of etcd's API is in the corpus: recorded from the real etcd over gRPC and over its gateway, except for
/// those of which `error-texts.txt` says why not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorTextsTest {
    private static final Path CORPUS = Path.of("src/test/resources/differential");
    private static final Pattern OVER_GRPC = Pattern.compile("(?m)^! ([A-Z_]+) (.*)$");
    private static final Pattern OVER_HTTP =
            Pattern.compile("(?m)^< ([0-9]{3}) .*\\n< \\{\"code\":([0-9]+), \"message\":\"([^\"]*)\"");

    /// An error as a client gets it.
    private record Told(Status.Code code, String text) {}

    /// @param exception why it is not recorded, empty when it is
    private record Row(Told told, String exception) {}

    private final Set<Told> overGrpc = new HashSet<>();
    private final Set<Told> overHttp = new HashSet<>();
    private List<Row> rows = List.of();

    @BeforeAll
    void readCorpus() throws IOException {
        rows = Files.readAllLines(CORPUS.resolve("error-texts.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(ErrorTextsTest::row)
                .toList();
        var corpus = new Corpus(CORPUS);
        corpus.scripts().stream()
                .flatMap(script -> script.cases().stream())
                .map(corpus::golden)
                .forEach(this::collect);
    }

    @Test
    void eachIsRecordedOverGrpc() {
        assertThat(rows)
                .filteredOn(row -> row.exception().isEmpty())
                .extracting(Row::told)
                .hasSizeGreaterThan(50)
                .isSubsetOf(overGrpc);
    }

    @Test
    void eachIsRecordedOverTheGateway() {
        assertThat(rows)
                .filteredOn(row -> row.exception().isEmpty())
                .extracting(Row::told)
                .isSubsetOf(overHttp);
    }

    @Test
    void whatIsSaidNeverToBeToldIsToldNowhere() {
        assertThat(rows)
                .filteredOn(row -> !row.exception().isEmpty())
                .allSatisfy(row -> assertThat(row.exception()).startsWith("never: "))
                .extracting(Row::told)
                .doesNotContainAnyElementsOf(overGrpc)
                .doesNotContainAnyElementsOf(overHttp);
    }

    private void collect(String transcript) {
        OVER_GRPC
                .matcher(transcript)
                .results()
                .forEach(found -> overGrpc.add(new Told(Status.Code.valueOf(found.group(1)), found.group(2))));
        OVER_HTTP.matcher(transcript).results().forEach(found -> {
            var code = Status.fromCodeValue(Integer.parseInt(found.group(2))).getCode();
            assertThat(Integer.parseInt(found.group(1))).as(found.group()).isEqualTo(httpStatus(code));
            overHttp.add(new Told(code, found.group(3)));
        });
    }

    private static Row row(String line) {
        var parts = line.split(" \\| ", 3);
        return new Row(new Told(Status.Code.valueOf(parts[0]), parts[1]), parts.length > 2 ? parts[2] : "");
    }

    /// Source: grpc-gateway's HTTPStatusFromCode.
    private static int httpStatus(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case CANCELLED -> 499;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }
}
