package io.metastore.server.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/// Finds the records of a service.
@FunctionalInterface
interface ServiceLookup {
    /// In the order of their priority.
    ///
    /// @param name `_service._tcp.domain`
    /// @throws DnsException when there are none, or no server answers
    List<ServiceRecord> find(String name) throws DnsException;

    /// Asks the name servers of the system.
    static List<ServiceRecord> atSystem(String name) throws DnsException {
        var settings = new Properties();
        settings.setProperty(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        try {
            var context = new InitialDirContext(settings);
            try {
                return read(context, name);
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            throw new DnsException("lookup " + name + ": no such host", e);
        } catch (NamingException | IllegalArgumentException e) {
            throw new DnsException("lookup " + name + ": " + e.getMessage(), e);
        }
    }

    /// JNDI is dangerous where it makes objects of what a server answers. Attributes of a DNS context are texts, the
    /// context is named here, and the name comes from who starts the program.
    @SuppressWarnings("BanJNDI")
    private static List<ServiceRecord> read(DirContext context, String name) throws NamingException {
        var records = new ArrayList<ServiceRecord>();
        var attribute = context.getAttributes(name, new String[] {"SRV"}).get("SRV");
        if (attribute == null) {
            throw new NameNotFoundException(name);
        }
        for (int i = 0; i < attribute.size(); i++) {
            records.add(ServiceRecord.parse(String.valueOf(attribute.get(i))));
        }
        records.sort(ServiceRecord.ORDER);
        return records;
    }
}
