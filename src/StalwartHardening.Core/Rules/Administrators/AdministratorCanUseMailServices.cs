using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Administrators;

/// <summary>An administrator that can also read mail: its password travels wherever mail is read.</summary>
internal sealed class AdministratorCanUseMailServices() : Rule(
    id: "SWH3003",
    title: "Keep administrators off IMAP, JMAP and WebDAV",
    message: "The administrator '{0}' can use {1}. {2}",
    why: "A mail client keeps its password on phones and laptops and sends it all day. An administrator's password should never be there. In a memory directory, class `admin` holds every permission on every protocol, and TOML has no way to take individual ones away.",
    remedy: "Give people an ordinary account for their mail and a separate administrator for the server. In a memory directory, set the class to `individual`; administrators without mail permissions need the internal directory.",
    whyInPlan: "A mail client keeps its password on phones and laptops and sends it all day. An administrator's password should never be there. Accounts with the role Admin hold the role User as well, unless `Authentication/defaultAdminRoleIds` or the account says otherwise.",
    remedyInPlan: "Give people an ordinary account for their mail and a separate administrator for the server: an account whose `roles` are `Custom` with a role that holds no mail permission, or whose `permissions` `Replace` them; or take the role User out of `Authentication/defaultAdminRoleIds`.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (MailServices.ReachableFromElsewhere(server) is not { } services)
            return;
        JudgeDeclared(server, judgement);
        JudgeAccounts(server, judgement);
        foreach (var directory in server.Directories)
        {
            if (directory.Use != DirectoryUse.Everything)
                continue;
            foreach (var principal in directory.Principals)
            {
                if (principal is { IsAdministrator: true, CanLogIn: true, Class: { } kind })
                {
                    judgement.Add(new Finding(
                        this,
                        kind.ValueSpan,
                        kind.Key,
                        Display.Text(principal.Name.Value),
                        services,
                        "In a memory directory class 'admin' holds every permission, and no key takes single ones away; give it class 'individual' and keep administrators in the internal directory.")
                    {
                        Subject = principal,
                    });
                }
            }

            if (directory.ClassMapping is { } mapping)
            {
                judgement.Add(new Finding(this, mapping.ValueSpan, mapping.Key)
                {
                    Wording = $"Accounts that directory '{Display.Text(directory.Id)}' makes administrators by what its data hold under {Display.Text(mapping.Value)} may be able to use {services}. Which ones it makes so is decided by the directory's data; keep administrators in accounts that nobody reads mail with.",
                    SeverityOverride = RuleSeverity.Info,
                });
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is ServerAccount computed)
        {
            yield return new Remedy(
                $"Take the mail services away from administrator '{Display.Text(computed.Name.Value)}' (cuts off mail clients that use this account)",
                Separate,
                RemedySafety.Review,
                computed.TakeAwayServices());
            yield break;
        }

        if (finding.Subject is DeclaredPrincipal principal)
        {
            yield return TakeServicesAway(principal);
            yield break;
        }

        // What a directory's own data decides no edit of the configuration changes.
        if (finding.Subject is not Principal account)
            yield break;
        yield return new Remedy(
            "Make the account an individual (takes its administrator rights away)",
            Separate,
            RemedySafety.Review,
            account.MakeIndividual());
    }

    // One key for both ways, so that either is applied to all findings of the rule.
    private const string Separate = "review/SWH3003/separate";

    private static Remedy TakeServicesAway(DeclaredPrincipal principal) =>
        new(
            $"Take the mail services away from administrator '{Display.Text(principal.Name.Value)}' (cuts off mail clients that use this account)",
            Separate,
            RemedySafety.Review,
            principal.TakeServicesAway());

    // Accounts of the internal directory, as typed builders declare them.
    private void JudgeDeclared(ServerConfiguration server, Judgement judgement)
    {
        var all = server.Principals;
        // People who log in are looked for in the memory directory then; accounts of the internal one are never asked.
        if (all.Count == 0 || server.Directories.Any(static directory => directory is { Use: DirectoryUse.Everything, Type: "memory" }))
            return;
        foreach (var principal in all)
        {
            // A log-in ends with the question for this permission, on every protocol.
            if (principal.Type == "role" || principal.AdministratorSource(all) is null || principal.Source("authenticate", isBuiltIn: true, all) is null)
                continue;
            var mayBeRestricted = !server.Document.IsComplete || principal.HasUnknownRole(all);
            var usable = new List<AccountService>();
            foreach (var service in MailServicePermissions.Services)
            {
                // Taking the permissions away may be where nobody sees it; what the program itself gives stays given.
                if (principal.ServiceSource(service, all) is { } source && !(mayBeRestricted && principal.Roles.Any(role => role.Key == source.Key)))
                    usable.Add(new AccountService(service, source));
            }

            Report(server, judgement, principal, principal.Name, usable, "");
        }
    }

    // Accounts that the configuration gives their rights.
    private void JudgeAccounts(ServerConfiguration server, Judgement judgement)
    {
        foreach (var account in server.Accounts)
        {
            if (account is { IsAdministrator: true, CanLogIn: true, IsUnknown: false })
                Report(server, judgement, account, account.Name, account.Services, $"It may through {account.Through}. ");
        }
    }

    // The services that one setting lets in are one finding.
    private void Report(ServerConfiguration server, Judgement judgement, object subject, Setting name, IReadOnlyList<AccountService> usable, string explanation)
    {
        var sources = new List<(Setting Source, List<string> Services)>();
        foreach (var (service, source) in usable)
        {
            if (!MailServices.IsReachableFromElsewhere(server, service))
                continue;
            var known = sources.FindIndex(other => other.Source.ValueSpan == source.ValueSpan);
            if (known < 0)
                sources.Add((source, [MailServicePermissions.DisplayName(service)]));
            else
                sources[known].Services.Add(MailServicePermissions.DisplayName(service));
        }

        foreach (var (source, services) in sources)
        {
            judgement.Add(new Finding(
                this,
                source.ValueSpan,
                source.Key,
                Display.Text(name.Value),
                string.Join(", ", services),
                explanation + "Take the mail services away and give the person an ordinary account for mail.")
            {
                Subject = subject,
            });
        }
    }
}
