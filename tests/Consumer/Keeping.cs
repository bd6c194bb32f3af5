using System;
using System.Collections.Generic;
using System.IO;
using BackpropGen;

namespace Consumer
{
    /// <summary>What was learnt is kept: saved, replaced, loaded, and not loaded where it is damaged.</summary>
    public static class Keeping
    {
        /// <summary>Saves a network over an older file and loads it again.</summary>
        /// <returns>What is not as it should be; null where all is.</returns>
        public static string? Fault()
        {
            string folder = Path.Combine(Path.GetTempPath(), "backpropgen-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            try
            {
                string path = Path.Combine(folder, "digits.safetensors");
                var saved = new DigitNet();
                Weights.Save(saved, path);
                saved.Initialize(5);
                Weights.Save(saved, path, new Dictionary<string, string> { ["seed"] = "5" });
                var loaded = new DigitNet();
                Weights.Load(loaded, path);
                if (!loaded.Parameters.SequenceEqual(saved.Parameters))
                {
                    return "other parameters than were saved";
                }

                if (Directory.GetFileSystemEntries(folder).Length != 1)
                {
                    return "something lies beside the file";
                }

                byte[] file = File.ReadAllBytes(path);
                file[file.Length / 2] ^= 1;
                return Refused(() => Weights.Load(loaded, file), "The values are damaged")
                    ?? Refused(() => Weights.Load(new BoundedNet(), path), "The file's input is 64, this network's 5.")
                    ?? (SafetensorsFile.Open(path).Metadata["seed"] == "5" ? null : "no metadata");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        /// <summary>Writes networks and what they compute, for a program that is no C#: each network's weights, and its input and output in a file of their own.</summary>
        public static void Write(string folder)
        {
            Directory.CreateDirectory(folder);
            Write(new DigitNet(), Path.Combine(folder, "relu"));
            Write(new XorNet(), Path.Combine(folder, "tanh"));
        }

        private static void Write(INetwork net, string path)
        {
            const int samples = 7;
            net.Initialize(11);
            var input = new float[samples * net.InputSize];
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = i * 7919 % 1013 / 506.5f - 1;
            }

            var output = new float[samples * net.OutputSize];
            net.Forward(input, output);
            Weights.Save(net, path + ".safetensors");
            var writer = new SafetensorsWriter();
            writer.Add("input", input, samples, net.InputSize);
            writer.Add("output", output, samples, net.OutputSize);
            writer.Add("parameters", net.Parameters.ToArray());
            writer.Write(path + "-computed.safetensors");
        }

        private static string? Refused(Action load, string because)
        {
            try
            {
                load();
            }
            catch (WeightsFormatException e)
            {
                return e.Message.Contains(because) ? null : $"refused with \"{e.Message}\", expected \"{because}\"";
            }

            return $"loaded; expected \"{because}\"";
        }
    }
}
