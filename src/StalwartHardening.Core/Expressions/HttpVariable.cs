namespace StalwartHardening.Expressions;

/// <summary>The variables an expression about an HTTP request may use (<c>config/network.rs</c>, 0.15.5); all others are parse errors there.</summary>
internal enum HttpVariable : byte
{
    Listener,
    RemoteIp,
    RemotePort,
    LocalIp,
    LocalPort,
    Protocol,
    IsTls,
    Url,
    UrlPath,
    Method,
    Headers,
}

internal static class HttpVariables
{
    public const int Count = (int)HttpVariable.Headers + 1;

    public static bool TryFind(string name, out HttpVariable variable)
    {
        switch (name)
        {
            case "listener": variable = HttpVariable.Listener; return true;
            case "remote_ip": variable = HttpVariable.RemoteIp; return true;
            case "remote_port": variable = HttpVariable.RemotePort; return true;
            case "local_ip": variable = HttpVariable.LocalIp; return true;
            case "local_port": variable = HttpVariable.LocalPort; return true;
            case "protocol": variable = HttpVariable.Protocol; return true;
            case "is_tls": variable = HttpVariable.IsTls; return true;
            case "url": variable = HttpVariable.Url; return true;
            case "url_path": variable = HttpVariable.UrlPath; return true;
            case "method": variable = HttpVariable.Method; return true;
            case "headers": variable = HttpVariable.Headers; return true;
            default: variable = default; return false;
        }
    }
}
