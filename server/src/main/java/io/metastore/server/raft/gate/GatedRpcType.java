package io.metastore.server.raft.gate;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;

/// Selects `GatedFactory` as the transport. Ratis makes it again from its class name, so it is public and takes no
/// argument; what it needs comes with the parameters.
public final class GatedRpcType implements RpcType {
    @Override
    public String name() {
        return GatedRpcType.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
        return new GatedFactory(parameters);
    }
}
