using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Administrators;

/// <summary>One account that may do everything.</summary>
internal sealed class UnrestrictedAdministrator() : Rule(
    id: "SWH3004",
    title: "Limit administrators to the permissions they need",
    message: "Account '{0}' {1}: one stolen password is the whole server. {2}",
    why: "People who add accounts need not read logs, and people who read logs need not change settings. With several administrators who hold few permissions each, a stolen password is worth less, and the log says who did what (NIST SP 800-53, AC-6).",
    remedy: "Create administrators in the internal directory with roles of their own, and make the account in the file an ordinary one.",
    remedyInPlan: "Make several administrators, each with a `Role` that holds the permissions it needs.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "Which permissions an administrator needs only the owner knows, and they are kept in the database.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var account in server.Accounts)
        {
            // Where it can use mail too, SWH3003 says what is worse.
            if (account is { HoldsEveryPermission: { } source, CanLogIn: true, IsUnknown: false, Services.Count: 0 })
                judgement.Add(this, source.ValueSpan, source.Key, Display.Text(account.Name.Value), $"holds every permission of an administrator through {account.Through}", "Give roles of their own to several administrators, each with the permissions it needs.");
        }

        JudgeDeclared(server, judgement);
        if (ReachesMail(server))
            return;
        foreach (var directory in server.Directories)
        {
            if (directory.Use != DirectoryUse.Everything)
                continue;
            foreach (var principal in directory.Principals)
            {
                if (principal is { IsAdministrator: true, CanLogIn: true, Class: { } kind })
                    judgement.Add(this, kind.ValueSpan, kind.Key, Display.Text(principal.Name.Value), $"of directory '{Display.Text(directory.Id)}' holds every permission, and a memory directory knows no others", "Keep administrators in the internal directory, several with the permissions each needs.");
            }
        }
    }

    // Accounts of the internal directory, as typed builders declare them.
    private void JudgeDeclared(ServerConfiguration server, Judgement judgement)
    {
        var all = server.Principals;
        if (all.Count == 0 || server.Directories.Any(static directory => directory is { Use: DirectoryUse.Everything, Type: "memory" }))
            return;
        foreach (var principal in all)
        {
            // Where it can use mail too, SWH3003 says what is worse; and code that nobody sees may take permissions away.
            if (principal.Type == "role" || !server.Document.IsComplete || principal.UnrestrictedRole(all) is not { } role || principal.Source("authenticate", isBuiltIn: true, all) is null || UsesMail(server, principal))
                continue;
            judgement.Add(this, role.ValueSpan, role.Key, Display.Text(principal.Name.Value), "holds every permission of an administrator", "Give several administrators roles of their own, each with the permissions it needs.");
        }
    }

    private static bool UsesMail(ServerConfiguration server, DeclaredPrincipal principal)
    {
        foreach (var service in MailServicePermissions.Services)
        {
            if (MailServices.IsReachableFromElsewhere(server, service) && principal.ServiceSource(service, server.Principals) is not null)
                return true;
        }

        return false;
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
