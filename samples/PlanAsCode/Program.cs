// Writes plans for "stalwart-cli apply" into the folder given, or the current one: dotnet run [folder]
var folder = args.Length > 0 ? args[0] : ".";
Directory.CreateDirectory(folder);
HardeningPlan.Create().WritePlan(Path.Combine(folder, "hardening.ndjson"));
BulkPlan.Create().WritePlan(Path.Combine(folder, "bulk.ndjson"));
