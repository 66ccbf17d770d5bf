package io.metastore.server.mysql.sql;

import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.request.Reason;

/// MySQL's numbers, states and texts of what can go wrong with a statement.
final class SqlErrors {
    private static final int LONGEST_NEAR = 80;
    private static final int LONGEST_STATEMENT = 512;
    private static final String GENERAL = "HY000";
    private static final String SYNTAX = "42000";
    private static final String INTEGRITY = "23000";

    private SqlErrors() {}

    static MysqlException syntax(String statement, int at) {
        var near = statement.substring(Math.min(at, statement.length()));
        long line = statement
                        .substring(0, Math.min(at, statement.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new MysqlException(
                1064,
                SYNTAX,
                "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version"
                        + " for the right syntax to use near '"
                        + near.substring(0, Math.min(LONGEST_NEAR, near.length())) + "' at line " + line);
    }

    static MysqlException emptyQuery() {
        return new MysqlException(1065, SYNTAX, "Query was empty");
    }

    static MysqlException notSupported(String what) {
        return new MysqlException(1235, SYNTAX, "This version of MySQL doesn't yet support '" + what + "'");
    }

    /// A kind of statement that there is not; the text is that of the original.
    static MysqlException unknownStatement(String statement) {
        return new MysqlException(
                1047,
                SYNTAX,
                "unsupported SQL command: " + statement.substring(0, Math.min(LONGEST_STATEMENT, statement.length())));
    }

    static MysqlException unknownColumn(String name, String clause) {
        return new MysqlException(1054, "42S22", "Unknown column '" + name + "' in '" + clause + "'");
    }

    static MysqlException ambiguousColumn(String name, String clause) {
        return new MysqlException(1052, INTEGRITY, "Column '" + name + "' in " + clause + " is ambiguous");
    }

    static MysqlException unknownTable(String database, String table) {
        return new MysqlException(1146, "42S02", "Table '" + database + "." + table + "' doesn't exist");
    }

    static MysqlException unknownDatabase(String name) {
        return new MysqlException(1049, SYNTAX, "Unknown database '" + name + "'");
    }

    static MysqlException noDatabase() {
        return new MysqlException(1046, "3D000", "No database selected");
    }

    static MysqlException unknownFunction(String name) {
        return new MysqlException(1305, SYNTAX, "FUNCTION metastore." + name + " does not exist");
    }

    static MysqlException parameterCount(String name) {
        return new MysqlException(
                1582, SYNTAX, "Incorrect parameter count in the call to native function '" + name + "'");
    }

    static MysqlException duplicate(String key, String table) {
        return new MysqlException(1062, INTEGRITY, "Duplicate entry '" + key + "' for key '" + table + ".PRIMARY'");
    }

    static MysqlException notNull(String column) {
        return new MysqlException(1048, INTEGRITY, "Column '" + column + "' cannot be null");
    }

    static MysqlException noDefault(String column) {
        return new MysqlException(1364, GENERAL, "Field '" + column + "' doesn't have a default value");
    }

    static MysqlException columnCount(int row) {
        return new MysqlException(1136, "21S01", "Column count doesn't match value count at row " + row);
    }

    static MysqlException generated(String column, String table) {
        return new MysqlException(
                3105,
                GENERAL,
                "The value specified for generated column '" + column + "' in table '" + table + "' is not allowed.");
    }

    static MysqlException tooLong(String column, int row) {
        return new MysqlException(1406, "22001", "Data too long for column '" + column + "' at row " + row);
    }

    static MysqlException badInteger(String value, String column, int row) {
        return new MysqlException(
                1366, GENERAL, "Incorrect integer value: '" + value + "' for column '" + column + "' at row " + row);
    }

    static MysqlException outOfRange(String what) {
        return new MysqlException(1690, "22003", "BIGINT value is out of range in '" + what + "'");
    }

    static MysqlException interrupted() {
        return new MysqlException(1317, "70100", "Query execution was interrupted");
    }

    static MysqlException tooMuchMemory() {
        return new MysqlException(1038, "HY001", "Out of sort memory, consider increasing server sort buffer size");
    }

    static MysqlException transactionTooLarge() {
        return new MysqlException(
                1197,
                GENERAL,
                "Multi-statement transaction required more than 'max_binlog_cache_size' bytes of storage; increase"
                        + " this mysqld variable and try again");
    }

    static MysqlException conflict() {
        return new MysqlException(1213, "40001", "transaction conflict: data was modified by another transaction");
    }

    static MysqlException readOnlyTransaction() {
        return new MysqlException(1792, "25006", "Cannot execute statement in a READ ONLY transaction.");
    }

    static MysqlException unknownSavepoint(String name) {
        return new MysqlException(1305, SYNTAX, "SAVEPOINT " + name + " does not exist");
    }

    static MysqlException badValue(String variable, String value) {
        return new MysqlException(
                1231, SYNTAX, "Variable '" + variable + "' can't be set to the value of '" + value + "'");
    }

    static MysqlException unknownVariable(String name) {
        return new MysqlException(1193, GENERAL, "Unknown system variable '" + name + "'");
    }

    static MysqlException readOnlyVariable(String name) {
        return new MysqlException(1238, GENERAL, "Variable '" + name + "' is a read only variable");
    }

    static MysqlException operands(int columns) {
        return new MysqlException(1241, "21000", "Operand should contain " + columns + " column(s)");
    }

    static MysqlException moreThanOneRow() {
        return new MysqlException(1242, "21000", "Subquery returns more than 1 row");
    }

    /// The one that makes drivers look for another server.
    private static MysqlException noLeader() {
        return new MysqlException(
                1290,
                GENERAL,
                "The MySQL server is running with the --read-only option so it cannot execute this statement"
                        + " (no leader)");
    }

    /// A read or a change that the store refused.
    ///
    /// @param action as MySQL names it, `SELECT` for example
    static MysqlException refused(Reason reason, String action, String user) {
        return switch (reason) {
            case PERMISSION_DENIED, USER_EMPTY, USER_NOT_FOUND ->
                new MysqlException(1142, SYNTAX, action + " command denied to user '" + user + "'@'%' for table 'kv'");
            case INVALID_TOKEN, OLD_AUTH_REVISION, AUTH_FAILED ->
                new MysqlException(1045, "28000", "Access denied for user '" + user + "'@'%' (using password: YES)");
            case NO_SPACE -> new MysqlException(1114, GENERAL, "The table 'kv' is full");
            case CORRUPT -> new MysqlException(1105, GENERAL, "corrupt cluster");
            case TOO_MANY_REQUESTS -> new MysqlException(1105, GENERAL, "too many requests");
            case REQUEST_TOO_LARGE -> transactionTooLarge();
            case LEASE_NOT_FOUND ->
                new MysqlException(
                        1452, INTEGRITY, "Cannot add or update a child row: a foreign key constraint fails (lease)");
            case COMPACTED ->
                new MysqlException(1213, "40001", "transaction conflict: the revision that it reads was compacted");
            case NO_LEADER, NOT_LEADER, NOT_PROPOSED, LEADER_CHANGED -> noLeader();
            case STOPPED -> new MysqlException(1053, "08S01", "Server shutdown in progress");
            case TIMED_OUT, TIMED_OUT_LEADER_LOST, TIMED_OUT_CONNECTION_LOST ->
                new MysqlException(1180, GENERAL, "Got error " + reason + " during COMMIT; result unknown");
            // What is refused of other requests than those that SQL makes.
            case KEY_NOT_FOUND,
                    LEASE_EXISTS,
                    LEASE_TTL_TOO_LARGE,
                    FUTURE_REVISION,
                    USER_EXISTS,
                    ROLE_EMPTY,
                    ROLE_EXISTS,
                    ROLE_NOT_FOUND,
                    ROOT_USER_MISSING,
                    ROOT_ROLE_MISSING,
                    ROLE_NOT_GRANTED,
                    PERMISSION_NOT_GRANTED,
                    PERMISSION_NOT_GIVEN,
                    INVALID_AUTH_MANAGEMENT,
                    NO_PASSWORD_USER,
                    AUTH_NOT_ENABLED,
                    CANNOT_SIGN,
                    PASSWORD_TOO_LONG,
                    MEMBER_NOT_FOUND,
                    MEMBER_EXISTS,
                    PEER_URL_EXISTS,
                    MEMBER_URLS_INVALID,
                    MEMBER_NOT_LEARNER,
                    LEARNER_NOT_IN_SYNC,
                    TOO_MANY_LEARNERS,
                    NOT_ENOUGH_STARTED,
                    UNHEALTHY_CLUSTER,
                    BAD_TRANSFEREE,
                    TRANSFER_TIMED_OUT,
                    MEMBERS_CHANGED,
                    MEMBERS_CHANGING,
                    QUORUM_AT_RISK,
                    NO_HEIR,
                    DOWNGRADE_TARGET_INVALID,
                    DOWNGRADE_IN_PROGRESS -> new MysqlException(1105, GENERAL, "transaction commit failed: " + reason);
        };
    }
}
