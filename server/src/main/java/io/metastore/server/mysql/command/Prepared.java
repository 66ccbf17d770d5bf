package io.metastore.server.mysql.command;

import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.mysql.sql.Column;
import io.metastore.server.mysql.sql.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The prepared statements of one connection, by numbers that begin with 1.
final class Prepared {
    private static final int MOST = 16_382;

    private final Map<Integer, Statement> statements = new HashMap<>();
    private int last;

    /// One of them, with what was sent for its next run.
    static final class Statement {
        final String text;
        final int parameters;
        final List<Integer> types = new ArrayList<>();
        final Map<Integer, Bytes> longData = new HashMap<>();
        Optional<Open> cursor = Optional.empty();

        Statement(String text, int parameters) {
            this.text = text;
            this.parameters = parameters;
        }

        void reset() {
            longData.clear();
            cursor = Optional.empty();
        }
    }

    /// A result whose rows are fetched piece by piece.
    record Open(List<Column> columns, Iterator<List<Value>> rows) {}

    int add(String text, int parameters) {
        if (statements.size() >= MOST) {
            throw new MysqlException(
                    1461,
                    "42000",
                    "Can't create more than max_prepared_stmt_count statements (current value: " + MOST + ")");
        }
        last++;
        statements.put(last, new Statement(text, parameters));
        return last;
    }

    Statement get(long id, String command) {
        var found = statements.get((int) id);
        if (found == null) {
            throw new MysqlException(
                    1243, "HY000", "Unknown prepared statement handler (" + id + ") given to " + command);
        }
        return found;
    }

    void close(long id) {
        statements.remove((int) id);
    }

    void clear() {
        statements.clear();
    }
}
