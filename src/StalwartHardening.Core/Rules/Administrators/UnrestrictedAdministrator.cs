using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Administrators;

/// <summary>One account that may do everything.</summary>
public sealed class UnrestrictedAdministrator() : Rule(
    id: "SWH3004",
    title: "Give administrators the permissions they need",
    message: "Account '{0}' of directory '{1}' holds every permission, and a memory directory knows no others: one stolen password is the whole server. Keep administrators in the internal directory, several with the permissions each needs.",
    why: "Whoever adds accounts need not read logs, and whoever reads logs need not change settings. Several administrators with few permissions each leave a thief less, and the log says who did what (NIST SP 800-53, AC-6).",
    remedy: "Create administrators in the internal directory with roles of their own, and make the account in the file an ordinary one.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "Which permissions an administrator needs only the owner knows, and they are kept in the database.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        // Where the account also reaches mail, SWH3003 says what is worse.
        if (ReachesMail(server))
            return;
        foreach (var directory in server.Directories)
        {
            if (directory.Use != DirectoryUse.Everything)
                continue;
            foreach (var principal in directory.Principals)
            {
                if (principal is { IsAdministrator: true, CanLogIn: true, Class: { } kind })
                    judgement.Add(this, kind.ValueSpan, kind.Key, Display.Text(principal.Name.Value), Display.Text(directory.Id));
            }
        }
    }

    private static bool ReachesMail(ServerConfiguration server)
    {
        foreach (var listener in server.Listeners)
        {
            if (listener.IsReachableFromElsewhere && listener.Protocol is MailProtocol.Imap or MailProtocol.Pop3 or MailProtocol.ManageSieve or MailProtocol.Http)
                return true;
        }

        return false;
    }
}
