package io.metastore.server.cli.original;

import io.metastore.server.config.ConfigException;
import io.metastore.server.config.Url;
import java.util.ArrayList;
import java.util.List;

/// What this member is, what it keeps and where, and whom it serves.
final class Places {
    private static final String ADDRESS = "etcd.address";
    private static final String REST = "http.address";
    private static final String CLIENT_URLS = "client_urls";
    private static final String ROLE = "raft.node_role";
    private static final String STORAGE = "storage";

    private final Values values;
    private final Url ownPeerUrl;

    Places(Values values, Url ownPeerUrl) {
        this.values = values;
        this.ownPeerUrl = ownPeerUrl;
    }

    /// @throws RuntimeException when these settings cannot be, or not together
    List<Assignment> assignments() {
        var assignments = new ArrayList<Assignment>();
        assignments.add(values.assignFirmly("role", values.text(ROLE), ROLE));
        if (values.text(ROLE).equals("witness")) {
            checkWitness();
        } else {
            assignments.add(values.assignFirmly("storage", engine(), STORAGE));
            serve(assignments);
        }
        assignments.add(values.assign("data-dir", dataDir(), "data_dir"));
        if (values.isOn("monitoring.enable_prometheus")) {
            assignments.add(values.assign(
                    "listen-metrics-urls",
                    new Url(Addresses.ALL, (int) values.number("monitoring.prometheus_port")).toString(),
                    "monitoring.prometheus_port"));
        }
        return assignments;
    }

    private void checkWitness() {
        for (var path : List.of(ADDRESS, REST, CLIENT_URLS, STORAGE)) {
            var entry = values.entry(path);
            if (entry.isSet() && !entry.value().isEmpty()) {
                throw entry.refused("a witness (" + values.entry(ROLE).origin()
                        + ") keeps no keys and serves no clients, so leave " + path + " out");
            }
        }
        var leaseRead = values.entry("raft.lease_read.enable");
        if (leaseRead.isSet() && values.isOn("raft.lease_read.enable")) {
            throw leaseRead.refused("witness nodes cannot have lease_read enabled (no data to serve)");
        }
    }

    /// `pebble` is the engine of the original's last generation.
    private String engine() {
        return values.text(STORAGE).equals("memory") ? "memory" : "rocksdb";
    }

    /// As the original has it: one directory for each engine and member.
    private String dataDir() {
        if (!values.text("data_dir").isEmpty()) {
            return values.text("data_dir");
        }
        return "data/" + (values.text(ROLE).equals("witness") ? "witness" : engine()) + "/" + values.text("member_id");
    }

    private void serve(List<Assignment> assignments) {
        if (values.text(ADDRESS).isEmpty()) {
            throw new ConfigException("etcd.address is required");
        }
        boolean secure = !values.text("tls.cert_file").isEmpty();
        var listen = Addresses.parse(values.entry(ADDRESS), secure);
        assignments.add(values.assignFirmly("listen-client-urls", listen.toString(), ADDRESS));
        if (!values.text(REST).isEmpty()) {
            assignments.add(values.assign(
                    "listen-rest-urls",
                    Addresses.parse(values.entry(REST), secure).toString(),
                    REST));
        }
        if (values.text(CLIENT_URLS).isEmpty()) {
            var host = Addresses.isAll(listen.host()) ? ownPeerUrl.host() : listen.host();
            assignments.add(values.assignFirmly(
                    "advertise-client-urls", new Url(secure, host, listen.port()).toString(), ADDRESS));
        } else {
            assignments.add(values.assignFirmly(
                    "advertise-client-urls", String.join(",", values.texts(CLIENT_URLS)), CLIENT_URLS));
        }
    }
}
