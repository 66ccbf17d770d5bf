package io.metastore.server.cli.original;

import io.metastore.server.cli.original.Key.Effect;
import io.metastore.server.cli.text.Nearest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every key of the original: the one place that knows them.
///
/// A line is `mark path | kind | initial value | flag of etcd's, or reason`. The marks:
///
///     =  handed on to that flag
///     *  read by a class of this package
///     ~  accepted without effect
///     !  refused unless it is set to its initial value
///     -  refused however it is set
final class KeyTable {
    private static final String TABLE = """
            * cluster_id | id | 1 |
            * member_id | id | 1 |
            * cluster | texts | http://127.0.0.1:9021 |
            * join | switch | false |
            * storage | storage | memory |
            * data_dir | text | |
            * client_urls | texts | |
            ~ object_pool.enable | switch | true | buffers are pooled by the libraries
            ~ object_pool.size | number 1 | 1000 | buffers are pooled by the libraries
            * etcd.address | text | :2379 |
            * http.address | text | |
            = mysql.address | text | | mysql-listen-address
            = mysql.username | text | root | mysql-username
            = mysql.password | text | | mysql-password
            ! mysql.server_version | text | 8.0.40-MetaStore | it cannot be chosen yet
            ! mysql.insert_mode | text | insert | an INSERT of a key that is there is 1062, the old way is not there yet
            ! mysql.nested_begin | text | commit | BEGIN commits what is open, the old way is not there yet
            * grpc.max_recv_msg_size | number 1 | 4194304 |
            ~ grpc.max_send_msg_size | number 1 | 4194304 | answers are as long as they need be, as etcd's are
            = grpc.max_concurrent_streams | number 1 4294967295 | 2048 | max-concurrent-streams
            ~ grpc.initial_window_size | number 1 | 8388608 | the server chooses the windows of HTTP/2
            ~ grpc.initial_conn_window_size | number 1 | 16777216 | the server chooses the windows of HTTP/2
            = grpc.keepalive_time | time | 10s | grpc-keepalive-interval
            = grpc.keepalive_timeout | time | 10s | grpc-keepalive-timeout
            ~ grpc.max_connection_idle | time | 300s | idle connections stay open, as in etcd
            ! grpc.max_connection_age | time | 0 | connections are not closed for their age
            ~ grpc.max_connection_age_grace | time | 10s | connections are not closed for their age
            ! grpc.enable_rate_limit | switch | false | there is no limit of rates yet
            ~ grpc.rate_limit_qps | number 0 | 0 | it counts only with grpc.enable_rate_limit
            ~ grpc.rate_limit_burst | number 0 | 0 | it counts only with grpc.enable_rate_limit
            - limits.max_connections | number 1 | | there is no limit of connections yet
            - limits.max_watch_count | number 1 | | there is no limit of watches yet
            - limits.max_lease_count | number 1 | | there is no limit of leases yet
            - limits.max_memory_mb | number 0 | | there is no limit of memory yet besides that of the JVM
            - limits.max_requests | number 1 | | there is no limit of concurrent requests yet
            = limits.max_request_size | number 1 67108864 | 1572864 | max-request-bytes
            ~ lease.check_interval | time | 1s | leases end when their time is up
            ~ lease.default_ttl | time | 60s | etcd's API always names the time, and there is no other yet
            * auth.token_ttl | time | 24h |
            ~ auth.token_cleanup_interval | time | 5m | tokens end when their time is up
            = auth.bcrypt_cost | number 4 31 | 10 | bcrypt-cost
            ! auth.enable_audit | switch | false | there is no audit log yet
            ~ maintenance.snapshot_chunk_size | number 1 | 1048576 | snapshots come in etcd's chunks
            ~ reliability.shutdown_timeout | time | 30s | a stop takes 5 seconds at most
            ~ reliability.drain_timeout | time | 5s | a stop takes 5 seconds at most
            ~ reliability.enable_crc | switch | false | what is read from disk is always checked
            ~ reliability.enable_health_check | switch | true | it is always there
            ~ reliability.enable_panic_recovery | switch | true | it is always there
            = log.level | level | info | log-level
            = log.encoding | encoding | json | log-format
            * log.output_paths | texts | stdout |
            ~ log.error_output_paths | texts | stderr | errors of logging go to the standard error
            * monitoring.enable_prometheus | switch | true |
            * monitoring.prometheus_port | number 1 65535 | 9090 |
            = monitoring.slow_request_threshold | time | 100ms | warning-unary-request-duration
            ~ performance.enable_protobuf | switch | true | always so
            ~ performance.enable_snapshot_protobuf | switch | true | always so
            ~ performance.enable_lease_protobuf | switch | true | always so
            * raft.node_role | role | data |
            ! raft.witness.persist_vote | switch | true | a vote that is forgotten could be cast twice
            ! raft.witness.forward_requests | switch | false | a witness serves no clients
            * raft.tick_interval | time | 100ms |
            * raft.election_tick | number 1 100000 | 10 |
            * raft.heartbeat_tick | number 1 100000 | 1 |
            ~ raft.max_size_per_msg | number 1 | 4194304 | it follows from what one request may hold
            ~ raft.max_inflight_msgs | number 1 | 1024 | the server has bounds of its own
            ~ raft.max_uncommitted_entries_size | number 1 | 1073741824 | the server has bounds of its own
            ~ raft.pre_vote | switch | true | always so
            ! raft.check_quorum | switch | true | a leader that is cut off must not go on leading
            ~ raft.batch.enable | switch | true | always so
            ~ raft.batch.min_batch_size | number 1 | 1 | a batch is whatever waits
            ~ raft.batch.max_batch_size | number 1 | 256 | a batch is whatever waits
            ~ raft.batch.min_timeout | time | 5ms | no batch waits for more
            ~ raft.batch.max_timeout | time | 20ms | no batch waits for more
            ~ raft.batch.load_threshold | fraction | 0.7 | no batch waits for more
            ~ raft.lease_read.enable | switch | true | reads are linearizable without trusting clocks
            ~ raft.lease_read.clock_drift | time | 100ms | reads are linearizable without trusting clocks
            ~ raft.lease_read.read_timeout | time | 5s | it follows from the election timeout, as in etcd
            ~ rocksdb.block_cache_size | number 0 | 268435456 | the server chooses it
            ~ rocksdb.write_buffer_size | number 1 | 67108864 | the server chooses it
            ~ rocksdb.max_write_buffer_number | number 1 | 3 | the server chooses it
            ~ rocksdb.min_write_buffer_number_to_merge | number 1 | 1 | the server chooses it
            ~ rocksdb.max_background_jobs | number 1 | 4 | the server chooses it
            ~ rocksdb.level0_file_num_compaction_trigger | number 1 | 4 | the server chooses it
            ~ rocksdb.level0_slowdown_writes_trigger | number 1 | 20 | the server chooses it
            ~ rocksdb.level0_stop_writes_trigger | number 1 | 36 | the server chooses it
            ~ rocksdb.bloom_filter_bits_per_key | number 0 | 10 | the server chooses it
            ~ rocksdb.block_based_table_bloom_filter | switch | true | the server chooses it
            ~ rocksdb.max_open_files | number -1 | 10000 | the server chooses it
            ~ rocksdb.use_fsync | switch | false | what is acknowledged is on disk with either
            ~ rocksdb.bytes_per_sync | number 0 | 1048576 | the server chooses it
            * mvcc.retention.max_revisions | number 1 | 1000 |
            * mvcc.retention.max_age | time | 0 |
            * mvcc.auto_compaction.enable | switch | false |
            * mvcc.auto_compaction.mode | mode | revision |
            * mvcc.auto_compaction.retention | number 1 | 1000 |
            * mvcc.auto_compaction.period | time | 0 |
            = mvcc.compaction.batch_size | number 1 2147483647 | 1000 | compaction-batch-limit
            = mvcc.compaction.batch_interval | time | 10ms | compaction-sleep-interval
            = etcd_gateway.enable | switch | true | enable-grpc-gateway
            = tls.cert_file | text | | cert-file
            = tls.key_file | text | | key-file
            * tls.ca_file | text | |
            * tls.require_client_cert | switch | false |
            """;

    private final Map<String, Key> byPath = new LinkedHashMap<>();
    private final Map<String, Key> byVariable = new LinkedHashMap<>();
    private final Set<String> sections = new LinkedHashSet<>();

    KeyTable() {
        for (var line : TABLE.lines().toList()) {
            var key = key(line);
            byPath.put(key.path(), key);
            byVariable.put(key.variable(), key);
            for (int dot = key.path().indexOf('.'); dot >= 0; dot = key.path().indexOf('.', dot + 1)) {
                sections.add(key.path().substring(0, dot));
            }
        }
    }

    Collection<Key> all() {
        return byPath.values();
    }

    /// A key that this package names itself.
    Key at(String path) {
        return find(path).orElseThrow(() -> new IllegalStateException("no key " + path));
    }

    Optional<Key> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    Optional<Key> byVariable(String name) {
        return Optional.ofNullable(byVariable.get(name));
    }

    boolean isSection(String path) {
        return sections.contains(path);
    }

    /// ` (did you mean raft.node_role?)`: a path that is written alike, or that ends with the same word in another
    /// section; empty when there is none.
    String hint(String path) {
        var known = new LinkedHashSet<>(byPath.keySet());
        known.addAll(sections);
        return meant(Nearest.to(path, known).or(() -> elsewhere(path)));
    }

    /// The same for a variable.
    String hintOfVariable(String name) {
        return meant(Nearest.to(name, byVariable.keySet()));
    }

    private Optional<String> elsewhere(String path) {
        var word = path.substring(path.lastIndexOf('.') + 1);
        return byPath.keySet().stream()
                .filter(known -> known.equals(word) || known.endsWith("." + word))
                .findFirst();
    }

    private static String meant(Optional<String> name) {
        return name.map(found -> " (did you mean " + found + "?)").orElse("");
    }

    private static Key key(String line) {
        var cells = line.substring(1).split("\\|", 4);
        var effect = switch (line.charAt(0)) {
            case '=' -> Effect.HANDED_ON;
            case '*' -> Effect.READ;
            case '~' -> Effect.NONE;
            case '!' -> Effect.ONLY_INITIAL;
            case '-' -> Effect.ABSENT;
            default -> throw new IllegalStateException("no mark: " + line);
        };
        return new Key(cells[0].strip(), Kind.parse(cells[1].strip()), cells[2].strip(), effect, cells[3].strip());
    }
}
