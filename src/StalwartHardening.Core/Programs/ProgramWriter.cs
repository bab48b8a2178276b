using System.Globalization;
using System.Text;

namespace StalwartHardening.Programs;

/// <summary>Writes settings as calls of the builders, in the order in which the file says them first.</summary>
internal sealed class ProgramWriter
{
    private const string Listener = "server.listener";

    private static readonly Dictionary<string, string> Protocols = new(StringComparer.Ordinal)
    {
        ["smtp"] = "Smtp", ["lmtp"] = "Lmtp", ["imap"] = "Imap", ["pop3"] = "Pop3", ["http"] = "Http", ["managesieve"] = "ManageSieve",
    };

    private static readonly Dictionary<string, string> StoreTypes = new(StringComparer.Ordinal)
    {
        ["rocksdb"] = "RocksDb", ["sqlite"] = "Sqlite", ["postgresql"] = "PostgreSql", ["mysql"] = "MySql", ["foundationdb"] = "FoundationDb", ["s3"] = "S3", ["azure"] = "Azure",
        ["fs"] = "FileSystem", ["redis"] = "Redis", ["elasticsearch"] = "Elasticsearch", ["meilisearch"] = "Meilisearch",
    };

    private static readonly Dictionary<string, string> TracerTypes = new(StringComparer.Ordinal) { ["log"] = "LogFile", ["console"] = "Console", ["journal"] = "Journal", ["open-telemetry"] = "OpenTelemetry" };

    private static readonly Dictionary<string, string> TracerLevels = new(StringComparer.Ordinal) { ["error"] = "Error", ["warn"] = "Warn", ["info"] = "Info", ["debug"] = "Debug", ["trace"] = "Trace" };

    private static readonly KeyValuePair<string, string>[] StorageRoles = [new("data", "Data"), new("blob", "Blob"), new("fts", "FullText"), new("lookup", "Lookup")];

    private readonly StringBuilder _text;
    private readonly List<ProgramSetting> _settings;
    private readonly Dictionary<string, ProgramSetting> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ProgramSetting>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stores = new(StringComparer.Ordinal);
    private readonly VariableNames _names = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _leftOut;
    private readonly ProgramComments _comments;
    private readonly string? _source;

    public ProgramWriter(StringBuilder text, List<ProgramSetting> settings, IReadOnlyDictionary<string, string> leftOut, ProgramComments comments, string? source)
    {
        _text = text;
        _settings = settings;
        _leftOut = leftOut;
        _comments = comments;
        _source = source;
        foreach (var setting in settings)
        {
            if (!leftOut.ContainsKey(setting.Key))
                _byKey[setting.Key] = setting;
        }

        FindLists();
    }

    public void Write()
    {
        var hostname = _byKey.TryGetValue("server.hostname", out var name) ? ProgramText.TextArgument(name.Value) : "";
        if (_settings.Count > 0 && _settings[0].Key == "server.hostname")
            WriteComments(_settings[0], "");
        _text.Append("var server = StalwartServer.CreateBuilder(").Append(hostname).Append(");\n");
        _done.Add("server.hostname");
        foreach (var setting in _settings)
        {
            if (_leftOut.TryGetValue(setting.Key, out var reason))
            {
                WriteComments(setting, "");
                _text.Append("// Left out: ").Append(ProgramText.OneLine(Generations.SecretText.Mask(setting.Key))).Append(": ").Append(ProgramText.OneLine(Generations.SecretText.Mask(reason))).Append('\n');
                continue;
            }

            if (!_done.Contains(setting.Key))
                WriteStatement(setting);
            else
                WriteComments(setting, "");
        }

        foreach (var comment in _comments.TakeUpTo(null, int.MaxValue))
            _text.Append("// ").Append(ProgramText.OneLine(comment)).Append('\n');
    }

    // Lists that the server numbers itself: all entries, in order, and nothing beside them.
    private void FindLists()
    {
        var below = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in _byKey.Keys)
        {
            foreach (var parent in SettingPath.Parents(key))
                below[parent] = below.TryGetValue(parent, out var count) ? count + 1 : 1;
        }

        foreach (var setting in _byKey.Values)
        {
            var name = SettingPath.Parent(setting.Key);
            if (name.Length == 0 || SettingPath.LastPart(setting.Key) != SettingPath.Index(0))
                continue;
            var entries = new List<ProgramSetting>();
            while (_byKey.TryGetValue(SettingPath.Entry(name, entries.Count), out var entry))
                entries.Add(entry);
            if (!_byKey.ContainsKey(name) && below[name] == entries.Count)
                _lists[name] = entries;
        }
    }

    private void WriteStatement(ProgramSetting first)
    {
        if (SettingPath.IsBelow(first.Key, Listener) && TryWriteListener(first))
            return;
        if (TryWriteAccount(first, "authentication.fallback-admin", "AddFallbackAdministrator") || TryWriteAccount(first, "authentication.master", "AddMasterUser"))
            return;
        if (TryWriteStore(first) || TryWriteDirectory(first))
            return;
        if (TryWriteTracer(first))
            return;
        if (SettingPath.IsBelow(first.Key, "http"))
            WriteHttp();
        if (!_done.Contains(first.Key))
            WriteAny(first);
    }

    private bool TryWriteListener(ProgramSetting first)
    {
        if (ObjectOf(first.Key, Listener, "protocol") is not { } own || !Protocols.TryGetValue(_byKey[SettingPath.Join(own, "protocol")].Value, out var protocol))
            return false;
        var chain = new Chain(this, first, own, $"server.AddListener({ProgramText.Literal(SettingPath.Relative(own, Listener))}, MailProtocol.{protocol})", "protocol");
        chain.List("bind", "Bind");
        if (chain.Is("tls.implicit", "true") && !chain.Is("tls.enable", "false"))
            chain.Call("WithImplicitTls()", "tls.implicit");
        if (chain.Is("tls.enable", "false") && !chain.Has("tls.implicit"))
            chain.Call("DisableTls()", "tls.enable");
        chain.List("proxy.trusted-networks", "TrustProxies");
        chain.List("tls.disable-protocols", "WithoutTlsVersions");
        chain.Number("max-connections", "WithMaxConnections");
        chain.End();
        return true;
    }

    private bool TryWriteAccount(ProgramSetting first, string scope, string method)
    {
        if (!SettingPath.IsBelow(first.Key, scope)
            || !_byKey.TryGetValue(SettingPath.Join(scope, "user"), out var user) || !_byKey.TryGetValue(SettingPath.Join(scope, "secret"), out var secret) || _done.Contains(user.Key) || _done.Contains(secret.Key)
            || ProgramText.SecretArgument(secret.Value) is not { } argument)
            return false;
        WriteComments(first, "");
        _text.Append("server.").Append(method).Append('(').Append(ProgramText.TextArgument(user.Value)).Append(", ").Append(argument).Append(");\n");
        _done.Add(user.Key);
        _done.Add(secret.Key);
        if (!_done.Contains(first.Key))
            WriteAny(first);
        return true;
    }

    private bool TryWriteStore(ProgramSetting first)
    {
        const string family = "store";
        if (ObjectOf(first.Key, family, "type") is not { } own || !StoreTypes.TryGetValue(_byKey[SettingPath.Join(own, "type")].Value, out var type))
            return false;
        var id = SettingPath.Relative(own, family);
        var variable = "";
        if (IsReferredTo(id))
            _stores.Add(id, variable = _names.Take(id, id + "-store"));
        var chain = new Chain(this, first, own, $"{(variable.Length > 0 ? "var " + variable + " = " : "")}server.AddStore({ProgramText.Literal(id)}, StoreType.{type})", "type");
        chain.Text("path", "WithPath");
        if (chain.Value("host") is { } host && chain.Value("port") is { } port && ProgramText.AnyArgument(port) == port && port.Length < 6)
            chain.Call($"WithHost({ProgramText.TextArgument(host)}, {port})", "host", "port");
        chain.Text("url", "WithUrl");
        chain.List("urls", "WithUrls");
        chain.Text("database", "WithDatabase");
        if (chain.Value("user") is { } user && chain.Value("password") is { } password && ProgramText.SecretArgument(password) is { } secret)
            chain.Call($"WithLogin({ProgramText.TextArgument(user)}, {secret})", "user", "password");
        var roles = StorageRoles.Where(role => _byKey.TryGetValue(SettingPath.Join("storage", role.Key), out var kept) && kept.Value == id && !_done.Contains(kept.Key)).ToList();
        if (roles.Count > 0)
            chain.CallAbout($"UseFor({(roles.Count == StorageRoles.Length ? "StorageRoles.All" : string.Join(" | ", roles.Select(static role => "StorageRoles." + role.Value)))})", [.. roles.Select(static role => SettingPath.Join("storage", role.Key))]);
        chain.End();
        return true;
    }

    private bool TryWriteDirectory(ProgramSetting first)
    {
        const string family = "directory";
        if (ObjectOf(first.Key, family, "type") is not { } own || !_byKey.TryGetValue(SettingPath.Join(own, _byKey[SettingPath.Join(own, "type")].Value == "ldap" ? "url" : "store"), out var argument) || _done.Contains(argument.Key))
            return false;
        var id = SettingPath.Relative(own, family);
        var opening = _byKey[SettingPath.Join(own, "type")].Value switch
        {
            "internal" => $"AddInternalDirectory({ProgramText.Literal(id)}, {StoreArgument(argument.Value)})",
            "sql" => $"AddSqlDirectory({ProgramText.Literal(id)}, {StoreArgument(argument.Value)})",
            "ldap" => $"AddLdapDirectory({ProgramText.Literal(id)}, {ProgramText.TextArgument(argument.Value)})",
            _ => null,
        };
        if (opening is null)
            return false;
        var chain = new Chain(this, first, own, "server." + opening, "type", SettingPath.Relative(argument.Key, own));
        if (_byKey.TryGetValue("storage.directory", out var active) && active.Value == id && !_done.Contains(active.Key))
            chain.CallAbout("UseForLogin()", active.Key);
        chain.End();
        return true;
    }

    private string StoreArgument(string id) => _stores.TryGetValue(id, out var variable) ? variable : ProgramText.TextArgument(id);

    // A directory that comes after the store names it by the variable.
    private bool IsReferredTo(string store)
    {
        foreach (var setting in _byKey.Values)
        {
            if (setting.Value == store && !_done.Contains(setting.Key) && SettingPath.IsBelow(setting.Key, "directory") && SettingPath.OwnerOf(setting.Key, "store") is { } directory
                && _byKey.TryGetValue(SettingPath.Join(directory, "type"), out var type) && type.Value is "internal" or "sql" && !_done.Contains(type.Key))
                return true;
        }

        return false;
    }

    private bool TryWriteTracer(ProgramSetting first)
    {
        const string family = "tracer";
        if (ObjectOf(first.Key, family, "type") is not { } own
            || !TracerTypes.TryGetValue(_byKey[SettingPath.Join(own, "type")].Value, out var type)
            || !_byKey.TryGetValue(SettingPath.Join(own, "level"), out var levelSetting) || !TracerLevels.TryGetValue(levelSetting.Value, out var level))
            return false;
        var chain = new Chain(this, first, own, $"server.AddTracer({ProgramText.Literal(SettingPath.Relative(own, family))}, TracerType.{type}, TracerLevel.{level})", "type", "level");
        chain.Text("path", "WithPath");
        chain.Text("prefix", "WithPrefix");
        chain.Text("endpoint", "WithEndpoint");
        chain.List("disabled-events", "WithoutEvents");
        chain.End();
        return true;
    }

    private void WriteHttp()
    {
        foreach (var (name, method) in (ReadOnlySpan<(string, string)>)[("hsts", "WithHsts"), ("permissive-cors", "WithPermissiveCors"), ("use-x-forwarded", "TrustForwardedHeaders")])
        {
            if (!_byKey.TryGetValue(SettingPath.Join("http", name), out var setting) || setting.Value is not ("true" or "false") || !_done.Add(setting.Key))
                continue;
            WriteComments(setting, "");
            _text.Append("server.Http.").Append(method).Append('(').Append(setting.Value == "true" ? "" : "false").Append(");\n");
        }

        if (_byKey.TryGetValue("http.allowed-endpoint", out var endpoint) && _done.Add(endpoint.Key))
        {
            WriteComments(endpoint, "");
            _text.Append("server.Http.WithAllowedEndpoint(").Append(ProgramText.TextArgument(endpoint.Value)).Append(");\n");
        }
    }

    private void WriteAny(ProgramSetting setting)
    {
        WriteComments(setting, "");
        _text.Append("server.").Append(AnyCall(setting, "")).Append(";\n");
    }

    // The call that writes a setting by its name, or the whole list that it begins.
    private string AnyCall(ProgramSetting setting, string scope)
    {
        var list = SettingPath.Parent(setting.Key);
        if (list.Length > scope.Length && _lists.TryGetValue(list, out var entries))
        {
            foreach (var entry in entries)
                _done.Add(entry.Key);
            return $"AddToList({ProgramText.Literal(SettingPath.Relative(list, scope))}, {string.Join(", ", entries.Select(static entry => ProgramText.TextArgument(entry.Value)))})";
        }

        _done.Add(setting.Key);
        foreach (var set in (string[])["server.allowed-ip", "server.blocked-ip"])
        {
            if (scope.Length == 0 && setting.Value.Length == 0 && SettingPath.IsBelow(setting.Key, set))
                return $"AddToSet({ProgramText.Literal(set)}, {ProgramText.Literal(SettingPath.Relative(setting.Key, set))})";
        }

        return $"Set({ProgramText.Literal(SettingPath.Relative(setting.Key, scope))}, {ProgramText.AnyArgument(setting.Value)})";
    }

    // The longest name: it may hold dots.
    private string? ObjectOf(string key, string family, string name)
    {
        foreach (var own in SettingPath.Ancestors(key))
        {
            if (!SettingPath.IsBelow(own, family))
                return null;
            if (SettingPath.Join(own, name) is var decisive && _byKey.ContainsKey(decisive) && !_done.Contains(decisive))
                return own;
        }

        return null;
    }

    private void WriteComments(ProgramSetting setting, string indent)
    {
        foreach (var comment in _comments.TakeUpTo(_source, setting.Setting.ValueSpan.End))
            _text.Append(indent).Append("// ").Append(ProgramText.OneLine(comment)).Append('\n');
    }

    /// <summary>One object of the configuration: a call that opens it, and a line for each call on it.</summary>
    private sealed class Chain
    {
        private readonly ProgramWriter _writer;
        private readonly string _scope;

        public Chain(ProgramWriter writer, ProgramSetting first, string scope, string opening, params string[] written)
        {
            _writer = writer;
            _scope = scope;
            writer.WriteComments(first, "");
            writer._text.Append(opening);
            foreach (var name in written)
                writer._done.Add(SettingPath.Join(scope, name));
        }

        public bool Has(string name) => _writer._byKey.ContainsKey(SettingPath.Join(_scope, name));

        public bool Is(string name, string value) => Value(name) == value;

        public string? Value(string name) => _writer._byKey.TryGetValue(SettingPath.Join(_scope, name), out var setting) && !_writer._done.Contains(setting.Key) ? setting.Value : null;

        public void Call(string call, params string[] written)
        {
            foreach (var name in written)
            {
                if (_writer._byKey.TryGetValue(SettingPath.Join(_scope, name), out var setting))
                    Comments(setting);
                _writer._done.Add(SettingPath.Join(_scope, name));
            }

            _writer._text.Append("\n    .").Append(call);
        }

        /// <summary>A call that writes settings which are not of the object.</summary>
        public void CallAbout(string call, params string[] keys)
        {
            foreach (var key in keys)
            {
                Comments(_writer._byKey[key]);
                _writer._done.Add(key);
            }

            _writer._text.Append("\n    .").Append(call);
        }

        public void Text(string name, string method)
        {
            if (Value(name) is { } value)
                Call($"{method}({ProgramText.TextArgument(value)})", name);
        }

        public void Number(string name, string method)
        {
            if (Value(name) is { } value && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == value)
                Call($"{method}({value})", name);
        }

        public void List(string name, string method)
        {
            if (!_writer._lists.TryGetValue(SettingPath.Join(_scope, name), out var entries))
                return;
            Comments(entries[entries.Count - 1]);
            foreach (var entry in entries)
                _writer._done.Add(entry.Key);
            _writer._text.Append("\n    .").Append(method).Append('(').Append(string.Join(", ", entries.Select(static entry => ProgramText.TextArgument(entry.Value)))).Append(')');
        }

        /// <summary>Writes what is left of the object, by name.</summary>
        public void End()
        {
            foreach (var setting in _writer._settings)
            {
                if (!SettingPath.IsBelow(setting.Key, _scope) || _writer._done.Contains(setting.Key) || _writer._leftOut.ContainsKey(setting.Key))
                    continue;
                Comments(setting);
                _writer._text.Append("\n    .").Append(_writer.AnyCall(setting, _scope));
            }

            _writer._text.Append(";\n");
        }

        private void Comments(ProgramSetting setting)
        {
            foreach (var comment in _writer._comments.TakeUpTo(_writer._source, setting.Setting.ValueSpan.End))
                _writer._text.Append("\n    // ").Append(ProgramText.OneLine(comment));
        }
    }
}
