using StalwartHardening.Settings;

namespace StalwartHardening.Server.Listeners;

/// <summary>
/// One entry of a listener's <c>bind</c>: an address and a port, either of which may be unknown.
/// <c>listener.rs, 0.15.5</c>: a list of socket addresses; an entry that is none is logged and dropped.
/// </summary>
internal sealed class BindAddress
{
    private BindAddress(in Setting setting, BindAddressState state, bool? isLoopback, int? port)
    {
        Setting = setting;
        State = state;
        IsLoopback = isLoopback;
        Port = port;
    }

    /// <summary>The setting that holds the entry.</summary>
    public Setting Setting { get; }

    /// <summary>The entry as it was written, for messages.</summary>
    public string Text => Setting.Value;

    /// <summary>Where the entry was written.</summary>
    public SourceSpan Span => Setting.ValueSpan;

    /// <summary>Whether the server accepts the entry.</summary>
    public BindAddressState State { get; }

    /// <summary>Whether only the machine itself can connect; null where nobody knows yet.</summary>
    public bool? IsLoopback { get; }

    /// <summary>The TCP port, 0 to 65535 (0 is a random one); null where nobody knows yet.</summary>
    public int? Port { get; }

    /// <summary>Whether other machines can certainly connect to it.</summary>
    public bool IsReachableFromElsewhere => State != BindAddressState.Invalid && IsLoopback == false;

    /// <summary>The edit that binds <paramref name="text"/> instead.</summary>
    public SettingEdit Set(string text) => new SettingEdit.Set(Setting.Key, text);

    /// <summary>The edit that takes the entry away.</summary>
    public SettingEdit Remove() => new SettingEdit.Remove(Setting.Key);

    /// <summary>Reads one entry of <c>bind</c>.</summary>
    public static BindAddress Parse(in Setting setting, ServerFeatures features)
    {
        var masked = Macros.MaskUnknown(setting.Value, features, MacroStage.Listeners);
        var text = masked.AsSpan();
        if (masked.IndexOf(UnknownPart) >= 0)
            return ParsePartlyUnknown(setting, text);
        return SocketAddressText.TrySplit(text, out var host, out var port)
            && TryReadHost(host, text[0] == '[', out var isLoopback)
            && TryReadPort(port, out var number)
            ? new BindAddress(setting, BindAddressState.Valid, isLoopback, number)
            : new BindAddress(setting, BindAddressState.Invalid, null, null);
    }

    private const char UnknownPart = Settings.Setting.UnknownPart;

    // Only the unknown part is unknown: a wrong port after an unknown address is still wrong.
    private static BindAddress ParsePartlyUnknown(in Setting setting, ReadOnlySpan<char> text)
    {
        if (!SocketAddressText.TrySplit(text, out var host, out var port))
            return new BindAddress(setting, BindAddressState.Unknown, null, null);

        bool? isLoopback = null;
        int? number = null;
        if (host.IndexOf(UnknownPart) < 0)
        {
            if (!TryReadHost(host, text[0] == '[', out var known))
                return new BindAddress(setting, BindAddressState.Invalid, null, null);
            isLoopback = known;
        }

        if (port.IndexOf(UnknownPart) < 0)
        {
            if (!TryReadPort(port, out var known))
                return new BindAddress(setting, BindAddressState.Invalid, null, null);
            number = known;
        }

        return new BindAddress(setting, BindAddressState.Unknown, isLoopback, number);
    }

    private static bool TryReadHost(ReadOnlySpan<char> host, bool inBrackets, out bool isLoopback)
    {
        isLoopback = false;
        if (inBrackets)
        {
            // A zone is a number here ("[fe80::1%2]:25"); an interface's name is refused.
            var percent = host.IndexOf('%');
            if (percent >= 0)
            {
                if (!IsNumber(host.Slice(percent + 1), uint.MaxValue, out _))
                    return false;
                host = host.Slice(0, percent);
            }
        }

        Span<byte> bytes = stackalloc byte[16];
        if (!IpAddressText.TryParse(host, bytes, out var isIPv4) || isIPv4 == inBrackets)
            return false;
        isLoopback = IpAddressText.IsLoopback(bytes, isIPv4);
        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        var ok = IsNumber(text, ushort.MaxValue, out var number);
        port = (int)number;
        return ok;
    }

    private static bool IsNumber(ReadOnlySpan<char> text, uint maximum, out long number)
    {
        number = 0;
        foreach (var c in text)
        {
            if (c is < '0' or > '9')
                return false;
            number = (number * 10) + (c - '0');
            if (number > maximum)
                return false;
        }

        return !text.IsEmpty;
    }
}

/// <summary>Whether the server accepts an entry of <c>bind</c>.</summary>
internal enum BindAddressState
{
    /// <summary>It does.</summary>
    Valid,

    /// <summary>It logs an error and drops the entry.</summary>
    Invalid,

    /// <summary>Depends on a part that is not known yet.</summary>
    Unknown,
}
