// Writes the configuration of a mail server into the folder given, or the current one: dotnet run [folder]
// "insecure.toml" is what the build warns about; "hardened.toml" is the same server without a warning.
var folder = args.Length > 0 ? args[0] : ".";
Directory.CreateDirectory(folder);

InsecureServer.Create().WriteToml(Path.Combine(folder, "insecure.toml"));

var hardened = HardenedServer.Create();
hardened.WriteToml(Path.Combine(folder, "hardened.toml"));

// Accounts of the internal directory live in the server's database: each is one POST to /api/principal.
foreach (var principal in hardened.Principals)
    File.WriteAllText(Path.Combine(folder, principal.Name + ".principal.json"), principal.Json);
