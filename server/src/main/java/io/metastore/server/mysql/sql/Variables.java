package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The system variables of one session: one table for `@@x`, SHOW VARIABLES and SET. Most say only what
/// MySQL's would with which it agrees; those that change what happens here have a method of their own.
final class Variables {
    /// A line is `mark name = initial value`; `-` marks what cannot be set.
    private static final String TABLE = """
            + auto_increment_increment = 1
            + auto_increment_offset = 1
            + autocommit = 1
            + big_tables = 0
            + character_set_client = utf8mb4
            + character_set_connection = utf8mb4
            + character_set_database = utf8mb4
            + character_set_results = utf8mb4
            + character_set_server = utf8mb4
            - character_set_system = utf8mb3
            + collation_connection = utf8mb4_0900_ai_ci
            + collation_database = utf8mb4_0900_ai_ci
            + collation_server = utf8mb4_0900_ai_ci
            + default_storage_engine = InnoDB
            + default_week_format = 0
            - error_count = 0
            + explicit_defaults_for_timestamp = 1
            + foreign_key_checks = 1
            + group_concat_max_len = 1024
            - gtid_mode = OFF
            - have_ssl = YES
            - hostname = localhost
            + information_schema_stats_expiry = 86400
            + init_connect =\s
            + innodb_lock_wait_timeout = 50
            + interactive_timeout = 28800
            + kv_read_consistency = linearizable
            - license = Apache-2.0
            + lock_wait_timeout = 31536000
            + long_query_time = 10
            - lower_case_table_names = 0
            - max_allowed_packet = 67108864
            - max_connections = 1000
            + max_execution_time = 0
            + max_join_size = 18446744073709551615
            + max_statement_time = 0
            + net_buffer_length = 16384
            + net_read_timeout = 30
            + net_write_timeout = 60
            + optimizer_switch = index_merge=on
            - performance_schema = 0
            - port = 3306
            - protocol_version = 10
            - query_cache_size = 0
            - query_cache_type = OFF
            + session_track_schema = 1
            + session_track_state_change = 0
            + session_track_system_variables = time_zone,autocommit,character_set_client,character_set_results,character_set_connection
            + session_track_transaction_info = OFF
            + sql_auto_is_null = 0
            + sql_log_bin = 1
            + sql_mode = ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
            + sql_notes = 1
            + sql_quote_show_create = 1
            + sql_safe_updates = 0
            + sql_select_limit = 18446744073709551615
            - system_time_zone = UTC
            + time_zone = SYSTEM
            + transaction_isolation = REPEATABLE-READ
            + transaction_read_only = 0
            + tx_isolation = REPEATABLE-READ
            + tx_read_only = 0
            + unique_checks = 1
            - version = 8.0.40-MetaStore
            - version_comment = MetaStore MySQL Compatible Server
            - version_compile_machine = x86_64
            - version_compile_os = Linux
            + wait_timeout = 28800
            - warning_count = 0
            """;

    private static final SequencedMap<String, Variable> KNOWN = new TreeMap<>();

    private record Variable(String initial, boolean settable) {}

    static {
        for (var line : TABLE.lines().toList()) {
            var parts = line.substring(2).split(" = ?", 2);
            KNOWN.put(parts[0].strip(), new Variable(parts[1].strip(), line.startsWith("+")));
        }
    }

    private final Map<String, Value> changed = new HashMap<>();
    private final Map<String, Value> user = new HashMap<>();

    /// @param initial what differs from the table on this server
    Variables(Map<String, String> initial) {
        initial.forEach((name, value) -> changed.put(name, parsed(value)));
    }

    private static Value parsed(String text) {
        return text.matches("\\d+") ? Numbers.ofInteger(new java.math.BigInteger(text)) : Value.text(text);
    }

    /// @throws io.metastore.server.mysql.packet.MysqlException 1193 when there is no such variable
    Value get(String name) {
        var plain = name.toLowerCase(Locale.ROOT);
        var known = KNOWN.get(plain);
        if (known == null) {
            throw SqlErrors.unknownVariable(name);
        }
        return changed.getOrDefault(plain, parsed(known.initial()));
    }

    void set(String name, Value value) {
        var plain = alias(name.toLowerCase(Locale.ROOT));
        var known = KNOWN.get(plain);
        if (known == null) {
            throw SqlErrors.unknownVariable(name);
        }
        if (!known.settable()) {
            throw SqlErrors.readOnlyVariable(name);
        }
        var checked = checked(plain, value);
        changed.put(plain, checked);
        switch (plain) {
            case "transaction_isolation" -> changed.put("tx_isolation", checked);
            case "transaction_read_only" -> changed.put("tx_read_only", checked);
            default -> {}
        }
    }

    private static String alias(String name) {
        return switch (name) {
            case "tx_isolation" -> "transaction_isolation";
            case "tx_read_only" -> "transaction_read_only";
            default -> name;
        };
    }

    private static Value checked(String name, Value value) {
        var text = Numbers.text(value).utf8();
        return switch (name) {
            case "autocommit",
                    "transaction_read_only",
                    "sql_safe_updates",
                    "unique_checks",
                    "foreign_key_checks",
                    "sql_notes" -> truth(name, text);
            case "transaction_isolation" -> {
                var level = text.toUpperCase(Locale.ROOT).replace(' ', '-');
                if (!level.matches("READ-UNCOMMITTED|READ-COMMITTED|REPEATABLE-READ|SERIALIZABLE")) {
                    throw SqlErrors.badValue(name, text);
                }
                yield Value.text(level);
            }
            case "kv_read_consistency" -> {
                if (!text.matches("linearizable|serializable")) {
                    throw SqlErrors.badValue(name, text);
                }
                yield value;
            }
            case "sql_mode" -> {
                var mode = text.toUpperCase(Locale.ROOT);
                if (mode.contains("ANSI") || mode.contains("NO_BACKSLASH_ESCAPES")) {
                    throw SqlErrors.notSupported("sql_mode " + text);
                }
                yield Value.text(mode);
            }
            case "wait_timeout", "interactive_timeout", "sql_select_limit", "max_execution_time" -> {
                if (value instanceof Value.Text) {
                    throw new io.metastore.server.mysql.packet.MysqlException(
                            1232, "42000", "Incorrect argument type to variable '" + name + "'");
                }
                yield value;
            }
            default -> value;
        };
    }

    private static Value truth(String name, String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "1", "ON", "TRUE" -> Logic.TRUE;
            case "0", "OFF", "FALSE" -> Logic.FALSE;
            default -> throw SqlErrors.badValue(name, text);
        };
    }

    /// Back to what it was at first.
    void reset(String name) {
        var known = KNOWN.get(alias(name.toLowerCase(Locale.ROOT)));
        if (known == null) {
            throw SqlErrors.unknownVariable(name);
        }
        set(name, parsed(known.initial()));
    }

    boolean isOn(String name) {
        return Numbers.isTrue(get(name));
    }

    Value user(String name) {
        return user.getOrDefault(name.toLowerCase(Locale.ROOT), Logic.NULL);
    }

    void setUser(String name, Value value) {
        user.put(name.toLowerCase(Locale.ROOT), value);
    }

    /// For SHOW VARIABLES: on and off in words.
    Fixed table() {
        var table = Fixed.of("session_variables", java.util.List.of("Variable_name", "Value"));
        for (var name : KNOWN.keySet()) {
            table.rows().add(java.util.List.of(Value.text(name), Value.text(shown(name))));
        }
        return table;
    }

    private String shown(String name) {
        var text = Numbers.text(get(name));
        boolean truth = name.matches(
                "autocommit|.*_checks|sql_notes|.*read_only|sql_safe_updates|big_tables|sql_log_bin|performance_schema|"
                        + "sql_auto_is_null|sql_quote_show_create|session_track_schema|session_track_state_change");
        if (truth) {
            return text.equals(Bytes.utf8("0")) ? "OFF" : "ON";
        }
        return text.utf8();
    }
}
