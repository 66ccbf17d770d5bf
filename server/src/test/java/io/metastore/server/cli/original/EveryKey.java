package io.metastore.server.cli.original;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Each key of the original with another value than its initial one, and what comes of it.
final class EveryKey {
    /// `key | value as YAML | what comes of it`: flags of etcd's with their values,
    /// or `no` flag, or a part of a warning or error; `refused` stands for a longer one.
    private static final String TABLE = """
            cluster_id | 7 | initial-cluster-token=metastore-7
            member_id | 2 | name=member-2 initial-advertise-peer-urls=http://b:2 data-dir=data/memory/2
            cluster | [x=http://a.example:1, "y=http://b.example:2"] | initial-cluster=x=http://a.example:1,y=http://b.example:2
            join | true | initial-cluster-state=existing
            storage | pebble | storage=rocksdb data-dir=data/rocksdb/1
            data_dir | /somewhere | data-dir=/somewhere
            client_urls | http://c:3 | advertise-client-urls=http://c:3 listen-client-urls=http://0.0.0.0:2379
            object_pool.enable | false | without effect
            object_pool.size | 5 | without effect
            etcd.address | 127.0.0.1:4 | listen-client-urls=http://127.0.0.1:4 advertise-client-urls=http://127.0.0.1:4
            http.address | ":9121" | listen-rest-urls=http://0.0.0.0:9121
            mysql.address | ":3306" | mysql-listen-address=:3306
            mysql.username | u | mysql-username=u
            mysql.password | p | mysql-password=p
            mysql.server_version | 5.7.1 | refused
            mysql.insert_mode | upsert | refused
            mysql.nested_begin | error | refused
            grpc.max_recv_msg_size | 8388608 | max-request-bytes=1572864
            grpc.max_send_msg_size | 1 | without effect
            grpc.max_concurrent_streams | 5 | max-concurrent-streams=5
            grpc.initial_window_size | 6 | without effect
            grpc.initial_conn_window_size | 7 | without effect
            grpc.keepalive_time | 8s | grpc-keepalive-interval=8s
            grpc.keepalive_timeout | 9s | grpc-keepalive-timeout=9s
            grpc.max_connection_idle | 10s | without effect
            grpc.max_connection_age | 10m | refused
            grpc.max_connection_age_grace | 11s | without effect
            grpc.enable_rate_limit | true | refused
            grpc.rate_limit_qps | 12 | without effect
            grpc.rate_limit_burst | 13 | without effect
            limits.max_connections | 10000 | refused
            limits.max_watch_count | 10000 | refused
            limits.max_lease_count | 10000 | refused
            limits.max_memory_mb | 0 | refused
            limits.max_requests | 5000 | refused
            limits.max_request_size | 14 | max-request-bytes=14
            lease.check_interval | 15s | without effect
            lease.default_ttl | 16s | without effect
            auth.token_ttl | 17m | auth-token-ttl=1020
            auth.token_cleanup_interval | 18s | without effect
            auth.bcrypt_cost | 19 | bcrypt-cost=19
            auth.enable_audit | true | refused
            maintenance.snapshot_chunk_size | 20 | without effect
            reliability.shutdown_timeout | 21s | without effect
            reliability.drain_timeout | 22s | without effect
            reliability.enable_crc | true | without effect
            reliability.enable_health_check | false | without effect
            reliability.enable_panic_recovery | false | without effect
            log.level | debug | log-level=debug
            log.encoding | console | log-format=console
            log.output_paths | [stderr, server.log] | log-outputs=stderr,server.log enable-log-rotation=true
            log.error_output_paths | [stdout] | without effect
            monitoring.enable_prometheus | false | no listen-metrics-urls
            monitoring.prometheus_port | 23 | listen-metrics-urls=http://0.0.0.0:23
            monitoring.slow_request_threshold | 24ms | warning-unary-request-duration=24ms
            performance.enable_protobuf | false | without effect
            performance.enable_snapshot_protobuf | false | without effect
            performance.enable_lease_protobuf | false | without effect
            raft.node_role | witness | role=witness data-dir=data/witness/1
            raft.witness.persist_vote | false | refused
            raft.witness.forward_requests | true | refused
            raft.tick_interval | 25ms | election-timeout=250 heartbeat-interval=25
            raft.election_tick | 26 | election-timeout=2600 heartbeat-interval=100
            raft.heartbeat_tick | 2 | election-timeout=1000 heartbeat-interval=200
            raft.max_size_per_msg | 27 | without effect
            raft.max_inflight_msgs | 28 | without effect
            raft.max_uncommitted_entries_size | 29 | without effect
            raft.pre_vote | false | without effect
            raft.check_quorum | false | refused
            raft.batch.enable | false | without effect
            raft.batch.min_batch_size | 3 | without effect
            raft.batch.max_batch_size | 31 | without effect
            raft.batch.min_timeout | 32ms | without effect
            raft.batch.max_timeout | 33ms | without effect
            raft.batch.load_threshold | 0.5 | without effect
            raft.lease_read.enable | false | without effect
            raft.lease_read.clock_drift | 34ms | without effect
            raft.lease_read.read_timeout | 35s | without effect
            rocksdb.block_cache_size | 36 | without effect
            rocksdb.write_buffer_size | 37 | without effect
            rocksdb.max_write_buffer_number | 38 | without effect
            rocksdb.min_write_buffer_number_to_merge | 39 | without effect
            rocksdb.max_background_jobs | 40 | without effect
            rocksdb.level0_file_num_compaction_trigger | 41 | without effect
            rocksdb.level0_slowdown_writes_trigger | 42 | without effect
            rocksdb.level0_stop_writes_trigger | 43 | without effect
            rocksdb.bloom_filter_bits_per_key | 44 | without effect
            rocksdb.block_based_table_bloom_filter | false | without effect
            rocksdb.max_open_files | -1 | without effect
            rocksdb.use_fsync | true | without effect
            rocksdb.bytes_per_sync | 46 | without effect
            mvcc.retention.max_revisions | 47 | has no effect
            mvcc.retention.max_age | 48h | has no effect
            mvcc.auto_compaction.enable | true | auto-compaction-mode=revision auto-compaction-retention=1000
            mvcc.auto_compaction.mode | periodic | auto-compaction-retention=0
            mvcc.auto_compaction.retention | 49 | auto-compaction-retention=0
            mvcc.auto_compaction.period | 50h | auto-compaction-retention=0
            mvcc.compaction.batch_size | 51 | compaction-batch-limit=51
            mvcc.compaction.batch_interval | 52ms | compaction-sleep-interval=52ms
            etcd_gateway.enable | false | enable-grpc-gateway=false
            tls.cert_file | c.crt | cert-file=c.crt listen-client-urls=https://0.0.0.0:2379 advertise-client-urls=https://a:2379
            tls.key_file | c.key | key-file=c.key
            tls.ca_file | c.ca | certificates of clients are demanded or not looked at
            tls.require_client_cert | true | tls.ca_file is required with tls.require_client_cert
            """;

    /// @param yaml the value as it stands in a file
    /// @param outcome as in the table
    record Line(String key, String yaml, String outcome) {
        /// A file in which this is set, and what every file must have.
        String file() {
            var lines = new LinkedHashMap<String, String>();
            lines.put("cluster_id", "1");
            lines.put("member_id", "1");
            lines.put("cluster", "http://a:1,http://b:2");
            lines.put(key, yaml);
            return nested(lines);
        }

        @Override
        public String toString() {
            return key;
        }
    }

    private EveryKey() {}

    static List<Line> lines() {
        return TABLE.lines()
                .map(line -> line.split(" \\|", 3))
                .map(cells -> new Line(cells[0].strip(), cells[1].strip(), cells[2].strip()))
                .toList();
    }

    /// `a.b` to `v` as YAML below `server`; each in a map of its own on one line, but for those at the top.
    static String nested(Map<String, String> values) {
        var text = new StringBuilder("server:\n");
        values.forEach((path, value) -> {
            var words = path.split("\\.", -1);
            text.append("  ").append(words[0]).append(": ");
            for (int i = 1; i < words.length; i++) {
                text.append('{').append(words[i]).append(": ");
            }
            text.append(value).append("}".repeat(words.length - 1)).append('\n');
        });
        return text.toString();
    }
}
