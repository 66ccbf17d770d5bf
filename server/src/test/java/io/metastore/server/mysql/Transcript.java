package io.metastore.server.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What a server answers to a list of statements, a line for each: rows with the kinds of their columns, numbers of
/// changed rows, or the number and state of an error.
///
///     SELECT 1+1      =>  [integer] (2)
///     DELETE FROM kv  =>  3 changed
///     SELEC           =>  error 1064 42000
final class Transcript {
    private Transcript() {}

    static List<String> of(Connection connection, List<String> statements, boolean prepared) throws SQLException {
        var lines = new ArrayList<String>();
        for (var statement : statements) {
            lines.add(statement + "  =>  " + answer(connection, statement, prepared));
        }
        return lines;
    }

    private static String answer(Connection connection, String sql, boolean prepared) throws SQLException {
        try (var statement = prepared ? connection.prepareStatement(sql) : connection.createStatement()) {
            boolean rows =
                    statement instanceof java.sql.PreparedStatement ready ? ready.execute() : statement.execute(sql);
            return rows ? rows(statement) : statement.getUpdateCount() + " changed";
        } catch (SQLException e) {
            return "error " + e.getErrorCode() + " " + e.getSQLState();
        }
    }

    private static String rows(Statement statement) throws SQLException {
        try (var result = statement.getResultSet()) {
            var types = new ArrayList<String>();
            int count = result.getMetaData().getColumnCount();
            for (int i = 1; i <= count; i++) {
                types.add(kind(result.getMetaData().getColumnType(i)));
            }
            var text = new StringBuilder(types.toString());
            while (result.next()) {
                text.append(" (");
                for (int i = 1; i <= count; i++) {
                    text.append(i > 1 ? ", " : "").append(cell(result, i));
                }
                text.append(')');
            }
            return text.toString();
        }
    }

    private static String kind(int type) {
        return switch (type) {
            case java.sql.Types.BIGINT, java.sql.Types.INTEGER, java.sql.Types.SMALLINT, java.sql.Types.TINYINT ->
                "integer";
            case java.sql.Types.BOOLEAN, java.sql.Types.BIT -> "integer";
            case java.sql.Types.DECIMAL -> "decimal";
            case java.sql.Types.DOUBLE, java.sql.Types.REAL -> "double";
            case java.sql.Types.NULL -> "null";
            case java.sql.Types.DATE, java.sql.Types.TIME, java.sql.Types.TIMESTAMP -> "time";
            default -> "text";
        };
    }

    private static String cell(ResultSet result, int column) throws SQLException {
        var text = result.getString(column);
        if (text == null) {
            return "NULL";
        }
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain
                ? "'" + text + "'"
                : HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
