namespace StalwartHardening.Server.Access;

/// <summary>What an endpoint asks of a client before it does anything.</summary>
internal enum HttpEndpointNeed
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A signed link or a short-lived token in the address.</summary>
    SignedLink,

    /// <summary>An account.</summary>
    Authentication,

    /// <summary>An account with a permission for the operation.</summary>
    Permission,
}

/// <summary>Endpoints that serve one purpose.</summary>
internal enum HttpEndpointGroup
{
    /// <summary>Mail, contacts and calendars over JMAP.</summary>
    Jmap,

    /// <summary>Calendars, contacts and files over WebDAV.</summary>
    WebDav,

    /// <summary>Where clients learn how to reach everything else.</summary>
    Discovery,

    /// <summary>Log-in for clients and web applications.</summary>
    OAuth,

    /// <summary>Answers to calendar invitations by link.</summary>
    CalendarReplies,

    /// <summary>What monitors and robots ask for.</summary>
    Health,

    /// <summary>The management API.</summary>
    ManagementApi,

    /// <summary>The web administration, which answers every other path.</summary>
    WebAdministration,

    /// <summary>Metrics for Prometheus.</summary>
    Metrics,

    /// <summary>The contact form.</summary>
    Form,

    /// <summary>Pictures that the log-in page shows.</summary>
    Branding,
}

/// <summary>Something the HTTP server answers to.</summary>
/// <param name="Path">The path; others below it may belong to it.</param>
/// <param name="Methods">The methods it takes, the usual one first.</param>
/// <param name="Need">What it asks of a client.</param>
/// <param name="Group">What it serves.</param>
/// <param name="EnabledBy">The switch it hangs on; null where it is always there.</param>
/// <param name="IsOnByDefault">What holds when the switch is not set.</param>
internal sealed record HttpEndpoint(
    string Path,
    IReadOnlyList<string> Methods,
    HttpEndpointNeed Need,
    HttpEndpointGroup Group,
    string? EnabledBy = null,
    bool IsOnByDefault = true)
{
    private readonly ulong _letters = LettersOf(Path);

    /// <summary>The path up to its second slash: <c>/api</c> of <c>/api/auth</c>.</summary>
    public string FirstPart => Path.IndexOf('/', 1) is > 0 and var end ? Path.Substring(0, end) : Path;

    /// <summary>A bit for each letter of a text; letters share them.</summary>
    public static ulong LettersOf(string text)
    {
        var letters = 0UL;
        foreach (var c in text)
            letters |= 1UL << (c & 63);
        return letters;
    }

    /// <summary>Whether a text of these letters (see <see cref="LettersOf"/>) can be in the path; false where it certainly is not.</summary>
    public bool MayHold(ulong letters) => (letters & ~_letters) == 0;

    /// <summary>Whether what is below the path are names that the server decodes: <c>%61dmin</c> is <c>admin</c> there.</summary>
    public bool DecodesNames => Group is HttpEndpointGroup.ManagementApi or HttpEndpointGroup.WebDav;

    /// <summary>Whether mail clients, calendars or their set-up ask for it, so that outsiders must reach it.</summary>
    public bool IsNeededFromElsewhere => Group is HttpEndpointGroup.Jmap or HttpEndpointGroup.WebDav or HttpEndpointGroup.Discovery
        or HttpEndpointGroup.OAuth or HttpEndpointGroup.CalendarReplies or HttpEndpointGroup.Health;
}
