package io.metastore.server.mysql.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What `information_schema` tells of the two tables. Tables of it that have nothing to tell are empty.
final class Catalog {
    private static final String SCHEMA = "information_schema";
    private static final String TEXT_COLLATION = "utf8mb4_bin";

    private static final Map<String, String> EMPTY = Map.ofEntries(
            Map.entry(
                    "files",
                    "file_id,file_name,file_type,tablespace_name,logfile_group_name,engine,total_extents,"
                            + "initial_size,extra,fulltext_keys,logfile_group_number,extent_size,autoextend_size"),
            Map.entry("partitions", "table_schema,table_name,partition_name,tablespace_name,partition_method"),
            Map.entry("triggers", "trigger_catalog,trigger_schema,trigger_name,event_object_schema,event_object_table"),
            Map.entry(
                    "routines",
                    "specific_name,routine_catalog,routine_schema,routine_name,routine_type,routine_comment,"
                            + "routine_definition,created,last_altered,definer,dtd_identifier,security_type,is_deterministic,"
                            + "sql_data_access,character_set_client,collation_connection,database_collation"),
            Map.entry(
                    "parameters",
                    "specific_catalog,specific_schema,specific_name,ordinal_position,parameter_mode,"
                            + "parameter_name,data_type,routine_type,dtd_identifier,numeric_precision,numeric_scale,"
                            + "character_maximum_length,character_octet_length"),
            Map.entry("events", "event_catalog,event_schema,event_name,definer,status"),
            Map.entry("views", "table_catalog,table_schema,table_name,view_definition,definer,security_type"),
            Map.entry("column_statistics", "schema_name,table_name,column_name,histogram"),
            Map.entry("check_constraints", "constraint_catalog,constraint_schema,constraint_name,check_clause"),
            Map.entry(
                    "referential_constraints",
                    "constraint_catalog,constraint_schema,constraint_name,"
                            + "unique_constraint_catalog,unique_constraint_schema,unique_constraint_name,match_option,"
                            + "update_rule,delete_rule,table_name,referenced_table_name"));

    private Catalog() {}

    static Optional<Fixed> find(String database, String table) {
        if (!database.equalsIgnoreCase(SCHEMA)) {
            throw SqlErrors.unknownDatabase(database);
        }
        var name = table.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "schemata" -> Optional.of(schemata());
            case "tables" -> Optional.of(tables());
            case "columns" -> Optional.of(columns());
            case "statistics" -> Optional.of(statistics());
            case "key_column_usage" -> Optional.of(keyColumns());
            case "table_constraints" -> Optional.of(constraints());
            case "engines" -> Optional.of(Shows.engines());
            case "character_sets" -> Optional.of(Shows.charsets());
            case "collations" -> Optional.of(Shows.collations());
            default -> Optional.ofNullable(EMPTY.get(name)).map(columns -> of(name, columns));
        };
    }

    private static Fixed of(String name, String columns) {
        return Fixed.of(name, List.of(columns.toUpperCase(Locale.ROOT).split(",", -1)));
    }

    private static Fixed schemata() {
        return of(
                        "schemata",
                        "catalog_name,schema_name,default_character_set_name,default_collation_name,sql_path,default_encryption")
                .with("def", SCHEMA, "utf8mb3", "utf8mb3_general_ci", Logic.NULL, "NO")
                .with("def", Tables.DATABASE, "utf8mb4", "utf8mb4_0900_ai_ci", Logic.NULL, "NO");
    }

    private static Fixed tables() {
        var tables = of(
                "tables",
                "table_catalog,table_schema,table_name,table_type,engine,version,row_format,"
                        + "table_rows,avg_row_length,data_length,max_data_length,index_length,data_free,auto_increment,"
                        + "create_time,update_time,check_time,table_collation,checksum,create_options,table_comment");
        for (var table : Tables.values()) {
            tables = tables.with(
                    "def",
                    Tables.DATABASE,
                    table.title(),
                    "BASE TABLE",
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
                    collation(table),
                    Logic.NULL,
                    "",
                    "");
        }
        return tables;
    }

    static String collation(Tables table) {
        return table == Tables.KV ? TEXT_COLLATION : "binary";
    }

    /// A column as the catalog and SHOW COLUMNS tell it.
    record Described(String name, String dataType, String columnType, String key, String extra, boolean text) {}

    static List<Described> described(Tables table) {
        boolean text = table == Tables.KV;
        var generated = "STORED GENERATED";
        return List.of(
                new Described(
                        "key",
                        text ? "varchar" : "varbinary",
                        text ? "varchar(1024)" : "varbinary(1024)",
                        "PRI",
                        "",
                        text),
                new Described("value", text ? "longtext" : "longblob", text ? "longtext" : "longblob", "", "", text),
                new Described("create_revision", "bigint", "bigint", "", generated, false),
                new Described("mod_revision", "bigint", "bigint", "", generated, false),
                new Described("version", "bigint", "bigint", "", generated, false),
                new Described("lease", "bigint", "bigint", "", "INVISIBLE", false));
    }

    private static Fixed columns() {
        var columns = of(
                "columns",
                "table_catalog,table_schema,table_name,column_name,ordinal_position,column_default,"
                        + "is_nullable,data_type,character_maximum_length,character_octet_length,numeric_precision,"
                        + "numeric_scale,datetime_precision,character_set_name,collation_name,column_type,column_key,extra,"
                        + "privileges,column_comment,generation_expression,srs_id");
        for (var table : Tables.values()) {
            int position = 0;
            for (var column : described(table)) {
                position++;
                boolean number = column.dataType().equals("bigint");
                long length = column.name().equals("key") ? Tables.LONGEST_KEY : 4294967295L;
                columns = columns.with(
                        "def",
                        Tables.DATABASE,
                        table.title(),
                        column.name(),
                        position,
                        column.extra().equals("INVISIBLE") ? "0" : Logic.NULL,
                        "NO",
                        column.dataType(),
                        number ? Logic.NULL : length,
                        number ? Logic.NULL : length,
                        number ? 19 : Logic.NULL,
                        number ? 0 : Logic.NULL,
                        Logic.NULL,
                        column.text() ? "utf8mb4" : Logic.NULL,
                        column.text() ? TEXT_COLLATION : Logic.NULL,
                        column.columnType(),
                        column.key(),
                        column.extra(),
                        "select,insert,update,references",
                        "",
                        generation(column),
                        Logic.NULL);
            }
        }
        return columns;
    }

    private static String generation(Described column) {
        return column.extra().equals("STORED GENERATED") ? "0" : "";
    }

    private static Fixed statistics() {
        var rows = of(
                "statistics",
                "table_catalog,table_schema,table_name,non_unique,index_schema,index_name,"
                        + "seq_in_index,column_name,collation,cardinality,sub_part,packed,nullable,index_type,comment,"
                        + "index_comment,is_visible,expression");
        for (var table : Tables.values()) {
            rows = rows.with(
                    "def",
                    Tables.DATABASE,
                    table.title(),
                    0,
                    Tables.DATABASE,
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
                    Logic.NULL);
        }
        return rows;
    }

    private static Fixed keyColumns() {
        var rows = of(
                "key_column_usage",
                "constraint_catalog,constraint_schema,constraint_name,table_catalog,"
                        + "table_schema,table_name,column_name,ordinal_position,position_in_unique_constraint,"
                        + "referenced_table_schema,referenced_table_name,referenced_column_name");
        for (var table : Tables.values()) {
            rows = rows.with(
                    "def",
                    Tables.DATABASE,
                    "PRIMARY",
                    "def",
                    Tables.DATABASE,
                    table.title(),
                    "key",
                    1,
                    Logic.NULL,
                    Logic.NULL,
                    Logic.NULL,
                    Logic.NULL);
        }
        return rows;
    }

    private static Fixed constraints() {
        var rows = of(
                "table_constraints",
                "constraint_catalog,constraint_schema,constraint_name,table_schema,"
                        + "table_name,constraint_type,enforced");
        for (var table : Tables.values()) {
            rows = rows.with("def", Tables.DATABASE, "PRIMARY", Tables.DATABASE, table.title(), "PRIMARY KEY", "YES");
        }
        return rows;
    }

    /// In MySQL's layout, which some clients read.
    static String createTable(Tables table) {
        return switch (table) {
            case KV ->
                layout(
                        "kv",
                        "varchar(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                        "longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                        "utf8mb4 COLLATE=utf8mb4_bin");
            case KV_BIN -> layout("kv_bin", "varbinary(1024)", "longblob", "binary");
        };
    }

    private static String layout(String title, String key, String value, String charset) {
        return """
            CREATE TABLE `%s` (
              `key` %s NOT NULL,
              `value` %s NOT NULL,
              `create_revision` bigint GENERATED ALWAYS AS (0) STORED NOT NULL,
              `mod_revision` bigint GENERATED ALWAYS AS (0) STORED NOT NULL,
              `version` bigint GENERATED ALWAYS AS (0) STORED NOT NULL,
              `lease` bigint NOT NULL DEFAULT '0' /*!80023 INVISIBLE */,
              PRIMARY KEY (`key`)
            ) ENGINE=InnoDB DEFAULT CHARSET=%s""".formatted(title, key, value, charset);
    }
}
