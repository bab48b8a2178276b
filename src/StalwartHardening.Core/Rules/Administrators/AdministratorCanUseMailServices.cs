using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Administrators;

/// <summary>An administrator that can also read mail: its password travels wherever mail is read.</summary>
public sealed class AdministratorCanUseMailServices() : Rule(
    id: "SWH3003",
    title: "Keep administrators away from IMAP, JMAP and WebDAV",
    message: "{0} {1} {2}. {3}",
    why: "A mail client keeps its password on phones and laptops and sends it all day. An administrator's password should never be there. In a memory directory, class `admin` holds every permission on every protocol, and nothing written in TOML takes single ones away.",
    remedy: "Give people an ordinary account for their mail and a separate administrator for the server. In a memory directory, set the class to `individual`; administrators without mail permissions need the internal directory.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (MailServices.ReachableFromElsewhere(server) is not { } services)
            return;
        foreach (var directory in server.Directories)
        {
            if (directory.Use != DirectoryUse.Everything)
                continue;
            foreach (var principal in directory.Principals)
            {
                if (principal is { IsAdministrator: true, CanLogIn: true, Class: { } kind })
                {
                    judgement.Add(
                        this,
                        kind.ValueSpan,
                        kind.Key,
                        $"The administrator '{Display.Text(principal.Name.Value)}'",
                        "can use",
                        services,
                        "In a memory directory class 'admin' holds every permission, and no key takes single ones away; give it class 'individual' and keep administrators in the internal directory.");
                }
            }

            if (directory.ClassMapping is { } mapping)
            {
                judgement.Add(new Finding(
                    this,
                    mapping.ValueSpan,
                    mapping.Key,
                    $"Accounts that directory '{Display.Text(directory.Id)}' makes administrators by what its data hold under {Display.Text(mapping.Value)}",
                    "may be able to use",
                    services,
                    "Which ones it makes so is decided by the directory's data; keep administrators in accounts that nobody reads mail with.")
                {
                    SeverityOverride = RuleSeverity.Info,
                });
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        // What a directory's own data decides no edit of the configuration changes.
        if (!server.Document.TryGet(finding.SettingKey, out var kind) || kind.Value != "admin")
            yield break;
        yield return new Remedy(
            "Make the account an individual (takes its administrator rights away)",
            "review/SWH3003/individual",
            RemedySafety.Review,
            [new SettingEdit.Set(kind.Key, "individual")]);
    }
}
