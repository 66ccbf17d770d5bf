package io.metastore.server.mysql.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// SHOW, DESCRIBE and USE's question: each is a small table, of which LIKE and WHERE choose rows.
final class Shows {
    private final Words words;
    private final Telling telling;

    /// What the session tells of itself and the server.
    interface Telling {
        Variables variables();

        Warnings warnings();

        Fixed processes();

        Fixed status();

        List<String> grants();

        /// The database that is used; nothing when none was chosen.
        Optional<String> database();

        Expression bind(String condition, List<Column> columns);
    }

    Shows(Words words, Telling telling) {
        this.words = words;
        this.telling = telling;
    }

    Fixed show() {
        words.expect("SHOW");
        boolean full = words.take("FULL");
        boolean _ = words.take("EXTENDED") || words.take("GLOBAL") || words.take("SESSION") || words.take("LOCAL");
        if (words.take("COUNT ( * ) WARNINGS")) {
            return count("@@session.warning_count");
        }
        if (words.take("COUNT ( * ) ERRORS")) {
            return count("@@session.error_count");
        }
        var kind = words.next().text().toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "DATABASES", "SCHEMAS" -> filtered(databases(), 0);
            case "TABLES" -> tables(full);
            case "COLUMNS", "FIELDS" -> filtered(columns(table(), full), 0);
            case "INDEX", "INDEXES", "KEYS" -> filtered(index(table()), 2);
            case "CREATE" -> create();
            case "TABLE" -> tableStatus();
            case "VARIABLES" -> filtered(telling.variables().table(), 0);
            case "STATUS" -> filtered(telling.status(), 0);
            case "WARNINGS" -> warnings(false);
            case "ERRORS" -> warnings(true);
            case "ENGINES", "STORAGE" -> ended(Shows::engines);
            case "ENGINE" -> rest("Type,Name,Status");
            case "PLUGINS" -> ended(() -> fixed("Name,Status,Type,Library,License"));
            case "COLLATION" -> filtered(collations(), 0);
            case "CHARSET" -> filtered(charsets(), 0);
            case "CHARACTER" -> {
                words.expect("SET");
                yield filtered(charsets(), 0);
            }
            case "PROCESSLIST" -> ended(telling::processes);
            case "GRANTS" -> grants();
            case "PRIVILEGES" -> ended(() -> fixed("Privilege,Context,Comment"));
            default -> empty(kind);
        };
    }

    /// What there is none of here.
    private Fixed empty(String kind) {
        return switch (kind) {
            case "TRIGGERS" ->
                rest("Trigger,Event,Table,Statement,Timing,Created,sql_mode,Definer,character_set_client,"
                        + "collation_connection,Database Collation");
            case "EVENTS" ->
                rest("Db,Name,Definer,Time zone,Type,Execute at,Interval value,Interval field,Starts,Ends,Status,"
                        + "Originator,character_set_client,collation_connection,Database Collation");
            case "FUNCTION", "PROCEDURE" ->
                rest("Db,Name,Type,Definer,Modified,Created,Security_type,Comment,character_set_client,"
                        + "collation_connection,Database Collation");
            case "MASTER", "BINARY" -> rest("File,Position,Binlog_Do_DB,Binlog_Ignore_DB,Executed_Gtid_Set");
            case "SLAVE", "REPLICA", "REPLICAS" -> rest("Slave_IO_State,Master_Host,Master_User,Master_Port");
            case "OPEN" -> rest("Database,Table,In_use,Name_locked");
            case "PROFILES" -> rest("Query_ID,Duration,Query");
            default ->
                throw SqlErrors.syntax(words.statement(), words.statement().indexOf(' ') + 1);
        };
    }

    private Fixed rest(String columns) {
        var _ = words.rest();
        return fixed(columns);
    }

    private Fixed ended(Supplier<Fixed> table) {
        words.end();
        return table.get();
    }

    static Fixed fixed(String columns) {
        return Fixed.of("show", List.of(columns.split(",", -1)));
    }

    private Fixed count(String name) {
        words.end();
        boolean warnings = name.contains("warning");
        return fixed(name).with(warnings ? telling.warnings().count() : 0).typed();
    }

    private static Fixed databases() {
        return fixed("Database").with("information_schema").with(Tables.DATABASE);
    }

    private String from() {
        if (words.take("FROM") || words.take("IN")) {
            return words.name();
        }
        return telling.database().orElseThrow(SqlErrors::noDatabase);
    }

    private Fixed tables(boolean full) {
        var database = from();
        boolean ours = database.equalsIgnoreCase(Tables.DATABASE);
        if (!ours && !database.equalsIgnoreCase("information_schema")) {
            throw SqlErrors.unknownDatabase(database);
        }
        var table = fixed("Tables_in_" + database + (full ? ",Table_type" : ""));
        if (ours) {
            for (var one : Tables.values()) {
                table = full ? table.with(one.title(), "BASE TABLE") : table.with(one.title());
            }
        }
        return filtered(table, 0);
    }

    /// `FROM table [FROM database]`.
    private Tables table() {
        if (!words.take("FROM")) {
            words.expect("IN");
        }
        var found = named();
        if (words.take("FROM") || words.take("IN")) {
            requireOurs(words.name());
        }
        return found;
    }

    private Tables named() {
        var name = words.name();
        if (words.take(".")) {
            requireOurs(name);
            name = words.name();
        } else if (telling.database().isEmpty()
                && words.peek().filter(word -> word.is("FROM") || word.is("IN")).isEmpty()) {
            throw SqlErrors.noDatabase();
        }
        var plain = name;
        return Tables.find(plain).orElseThrow(() -> SqlErrors.unknownTable(Tables.DATABASE, plain));
    }

    private static void requireOurs(String database) {
        if (!database.equalsIgnoreCase(Tables.DATABASE)) {
            throw SqlErrors.unknownDatabase(database);
        }
    }

    /// `DESCRIBE table [column]`.
    Fixed describe() {
        words.next();
        var table = named();
        var columns = columns(table, false);
        if (words.isAtEnd()) {
            return columns;
        }
        var wanted = words.nameOrText();
        words.end();
        var some = columns.rows().stream()
                .filter(row -> Numbers.text(row.getFirst()).utf8().equalsIgnoreCase(wanted))
                .toList();
        return new Fixed(columns.columns(), some);
    }

    private static Fixed columns(Tables table, boolean full) {
        var columns = fixed(
                full
                        ? "Field,Type,Collation,Null,Key,Default,Extra,Privileges,Comment"
                        : "Field,Type,Null,Key,Default,Extra");
        for (var column : Catalog.described(table)) {
            Object initial = column.extra().equals("INVISIBLE") ? "0" : Logic.NULL;
            columns = full
                    ? columns.with(
                            column.name(),
                            column.columnType(),
                            column.text() ? "utf8mb4_bin" : Logic.NULL,
                            "NO",
                            column.key(),
                            initial,
                            column.extra(),
                            "select,insert,update,references",
                            "")
                    : columns.with(column.name(), column.columnType(), "NO", column.key(), initial, column.extra());
        }
        return columns;
    }

    private static Fixed index(Tables table) {
        return fixed("Table,Non_unique,Key_name,Seq_in_index,Column_name,Collation,Cardinality,Sub_part,Packed,Null,"
                        + "Index_type,Comment,Index_comment,Visible,Expression")
                .with(
                        table.title(),
                        0,
                        "PRIMARY",
                        1,
                        "key",
                        "A",
                        0,
                        Logic.NULL,
                        Logic.NULL,
                        "",
                        "BTREE",
                        "",
                        "",
                        "YES",
                        Logic.NULL)
                .typed();
    }

    private Fixed create() {
        if (words.take("TABLE")) {
            var table = named();
            words.end();
            return fixed("Table,Create Table").with(table.title(), Catalog.createTable(table));
        }
        if (!words.take("DATABASE")) {
            words.expect("SCHEMA");
        }
        boolean quiet = words.take("IF NOT EXISTS");
        var name = words.name();
        words.end();
        requireOurs(name);
        return fixed("Database,Create Database")
                .with(
                        Tables.DATABASE,
                        "CREATE DATABASE " + (quiet ? "/*!32312 IF NOT EXISTS*/ " : "")
                                + "`metastore` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci */"
                                + " /*!80016 DEFAULT ENCRYPTION='N' */");
    }

    private Fixed tableStatus() {
        words.expect("STATUS");
        requireOurs(from());
        var table = fixed(
                "Name,Engine,Version,Row_format,Rows,Avg_row_length,Data_length,Max_data_length,Index_length,"
                        + "Data_free,Auto_increment,Create_time,Update_time,Check_time,Collation,Checksum,Create_options,Comment");
        for (var one : Tables.values()) {
            table = table.with(
                    one.title(),
                    "InnoDB",
                    10,
                    "Dynamic",
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    Logic.NULL,
                    Logic.NULL,
                    Logic.NULL,
                    Logic.NULL,
                    Catalog.collation(one),
                    Logic.NULL,
                    "",
                    "");
        }
        return filtered(table.typed(), 0);
    }

    private Fixed warnings(boolean errorsOnly) {
        var table = fixed("Level,Code,Message");
        for (var warning : telling.warnings().all()) {
            if (!errorsOnly || warning.level().equals("Error")) {
                table = table.with(warning.level(), warning.number(), warning.text());
            }
        }
        var _ = words.rest();
        return table.typed();
    }

    private Fixed grants() {
        var _ = words.rest();
        var table = fixed("Grants for user");
        for (var grant : telling.grants()) {
            table = table.with(grant);
        }
        return table;
    }

    static Fixed engines() {
        return fixed("Engine,Support,Comment,Transactions,XA,Savepoints")
                .with("InnoDB", "DEFAULT", "The replicated key space", "YES", "NO", "YES");
    }

    static Fixed charsets() {
        return fixed("Charset,Description,Default collation,Maxlen")
                .with("binary", "Binary pseudo charset", "binary", 1)
                .with("utf8mb4", "UTF-8 Unicode", "utf8mb4_0900_ai_ci", 4)
                .typed();
    }

    static Fixed collations() {
        return fixed("Collation,Charset,Id,Default,Compiled,Sortlen,Pad_attribute")
                .with("binary", "binary", 63, "Yes", "Yes", 1, "NO PAD")
                .with("utf8mb4_0900_ai_ci", "utf8mb4", 255, "Yes", "Yes", 0, "NO PAD")
                .with("utf8mb4_bin", "utf8mb4", 46, "", "Yes", 1, "NO PAD")
                .with("utf8mb4_general_ci", "utf8mb4", 45, "", "Yes", 1, "PAD SPACE");
    }

    /// @param likeColumn that LIKE looks at
    private Fixed filtered(Fixed table, int likeColumn) {
        if (words.take("LIKE")) {
            var pattern = Texts.like(Value.text(words.next().text()), "\\", Collation.GENERAL);
            words.end();
            return new Fixed(
                    table.columns(),
                    table.rows().stream()
                            .filter(row -> pattern.matcher(Texts.characters(row.get(likeColumn)))
                                    .matches())
                            .toList());
        }
        if (words.take("WHERE")) {
            var condition = telling.bind(words.rest(), table.columns());
            return new Fixed(
                    table.columns(),
                    table.rows().stream().filter(condition::isTrue).toList());
        }
        words.end();
        return table;
    }
}
