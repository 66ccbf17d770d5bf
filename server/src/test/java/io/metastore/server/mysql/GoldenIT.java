package io.metastore.server.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same statements here and on a MariaDB 10.11, whose answers are recorded. Where ours are others, and are to be,
/// they stand in a list of differences. With `-Dmariadb.url=jdbc:mariadb://…` the answers are asked for anew: there
/// must be an empty table `kv` with a key of type varchar and a value of type longtext, both `utf8mb4_bin`.
class GoldenIT {
    @ParameterizedTest
    @ValueSource(strings = {"text", "prepared"})
    void everyStatementIsAnsweredAsMariaDbAnswersIt(String mode) throws Exception {
        boolean prepared = mode.equals("prepared");
        var statements = lines("statements.sql");
        var theirs = theirs(statements, mode);
        var ours = new ArrayList<String>();
        try (var member = new MysqlMember(List.of());
                var connection = member.connect(options(prepared))) {
            ours.addAll(Transcript.of(connection, statements, prepared));
        }

        var differences = new HashMap<String, String>();
        lines("differences." + mode).forEach(line -> differences.put(statement(line), line));
        assertThat(statements).hasSizeGreaterThan(400);
        assertThat(ours).containsExactlyElementsOf(expected(theirs, differences));
    }

    private static String options(boolean prepared) {
        return "sslMode=trust&useServerPrepStmts=" + prepared;
    }

    private static List<String> theirs(List<String> statements, String mode) throws IOException, SQLException {
        var live = System.getProperty("mariadb.url", "");
        if (live.isEmpty()) {
            return lines("answers." + mode);
        }
        boolean prepared = mode.equals("prepared");
        try (var connection = DriverManager.getConnection(live + "?useServerPrepStmts=" + prepared, "root", "")) {
            return Transcript.of(connection, statements, prepared);
        }
    }

    private static List<String> expected(List<String> theirs, Map<String, String> differences) {
        return theirs.stream()
                .map(line -> differences.getOrDefault(statement(line), line))
                .toList();
    }

    private static String statement(String line) {
        return line.substring(0, line.indexOf("  =>  "));
    }

    private static List<String> lines(String name) throws IOException {
        try (var file = GoldenIT.class.getResourceAsStream("/mysql/" + name)) {
            if (file == null) {
                throw new IllegalStateException("there is no /mysql/" + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
