namespace StalwartHardening.Server;

/// <summary>
/// What one version of the server does and another does not. The model asks for behaviour by name; which version behaves how is the
/// business of the version's generation.
/// </summary>
internal sealed record ServerFeatures
{
    /// <summary>Whether TLS is offered where nothing is said, and begins when the client asks; otherwise it is off, and would begin at once.</summary>
    public bool OffersTlsByDefault { get; init; }

    /// <summary>Whether a mistake in one listener keeps the whole server from starting.</summary>
    public bool StopsAtListenerErrors { get; init; }

    /// <summary>Whether a listener that says nothing about TLS takes what is said for the whole server.</summary>
    public bool ReadsServerWideTls { get; init; }

    /// <summary>Whether peers in trusted networks send PROXY headers.</summary>
    public bool ReadsProxyNetworks { get; init; }

    /// <summary>Whether a listener's trusted network is also read where it is no list.</summary>
    public bool ReadsSingleProxyNetwork { get; init; }

    /// <summary>Whether <c>pop3</c> is a protocol.</summary>
    public bool HasPop3 { get; init; }

    /// <summary>Whether <c>https</c> is another name of <c>http</c>.</summary>
    public bool HasHttpsProtocolName { get; init; }

    /// <summary>Whether <c>jmap</c> is another name of <c>http</c>.</summary>
    public bool HasJmapProtocolName { get; init; }

    /// <summary>Whether calendars, contacts and files are served over HTTP.</summary>
    public bool HasWebDav { get; init; }

    /// <summary>Whether JMAP serves calendars, contacts and files as well as mail.</summary>
    public bool HasJmapCollaboration { get; init; }

    /// <summary>Whether a switch makes the server send HSTS.</summary>
    public bool HasHsts { get; init; }

    /// <summary>Whether a request from the machine itself goes on although access control refuses it.</summary>
    public bool ExemptsLoopback { get; init; }

    /// <summary>Whether expressions may call <c>if_then</c>.</summary>
    public bool HasIfThen { get; init; }

    /// <summary>Whether submission takes passwords where nothing is said: on every port but 25, over TLS only.</summary>
    public bool TakesPasswordsByDefault { get; init; }

    /// <summary>The name of the setting that makes a directory's account an administrator.</summary>
    public string AccountClassName { get; init; } = "class";

    /// <summary>Whether only the last of an account's secrets is checked, rather than each of them.</summary>
    public bool ChecksOnlyTheLastSecret { get; init; }

    /// <summary>Whether an empty secret matches nothing, rather than an empty password.</summary>
    public bool RefusesEmptySecrets { get; init; }

    /// <summary>Whether settings may also be kept in the server's database, where a file does not show them.</summary>
    public bool KeepsSettingsInDatabase { get; init; }

    /// <summary>Whether values hold no macros: what looks like one is text.</summary>
    public bool HasNoMacros { get; init; }

    /// <summary>Whether a value <c>!NAME</c> is taken from the environment.</summary>
    public bool HasBareEnvironmentMacros { get; init; }

    /// <summary>Whether the conditions of rules are expressions; before that each was a variable, an operator and a value.</summary>
    public bool HasExpressions { get; init; }

    /// <summary>Whether <c>%{NAME}%</c> is what the file says under <c>macros</c>.</summary>
    public bool HasMacroTable { get; init; }

    /// <summary>Whether a certificate or key that begins with <c>file://</c> is in that file.</summary>
    public bool HasFileUrls { get; init; }

    /// <summary>Whether every macro is replaced, whatever its kind.</summary>
    public bool ReplacesAnyMacro { get; init; }

    /// <summary>Whether listeners are bound before macros other than those of the environment are replaced.</summary>
    public bool BindsBeforeLateMacros { get; init; }
}
